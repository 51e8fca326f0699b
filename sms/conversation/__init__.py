"""Decides what to do about a customer's text message and what to reply. Uses no Django, no clock and no database.

    turn = respond(state, text, menu, facts)            # what to do
    ... the caller carries out turn.act ...
    says, state = conclude(turn, outcome, menu, facts)  # what to say, and the next state

`state` is what the conversation remembers from earlier texts. `facts` is what the database knows about the customer and
the event. `actions` holds everything that `respond` can decide to do. `outcome` turns the result of an action into the
parts of the reply, which `sayings` defines. `table` chooses the rule for a text by its intent and by the question that
it might answer. The rules are in the other modules, such as `ordering` and `smalltalk`."""

from sms.conversation.outcome import conclude
from sms.conversation.table import TABLE, as_read, ignore, language_after, respond

__all__ = ["TABLE", "as_read", "conclude", "ignore", "language_after", "respond"]
