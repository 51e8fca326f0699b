"""Decides what to do about a customer's text message and what to reply. Uses no Django, no clock and no database.

    turn = respond(state, text, menu, facts)            # what to do
    ... the caller carries out turn.act ...
    says, state = conclude(turn, outcome, menu, facts)  # what to say, and the next state

`state` is what the conversation remembers from earlier texts. `facts` is what the database knows about the customer and
the event. `outcome` is the result of the action `turn.act`.

Modules: `table` chooses the rule for a text, by its intent and by the question that it might answer. Modules such as
`ordering` and `smalltalk` have the rules. `actions` has the actions and their results, and `sayings` the parts of a
reply."""

from sms.conversation.outcome import conclude
from sms.conversation.table import TABLE, as_read, ignore, language_after, respond

__all__ = ["TABLE", "as_read", "conclude", "ignore", "language_after", "respond"]
