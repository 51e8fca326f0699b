"""Decides what to do about a text and what to reply, without Django, a clock or a database.

    turn = respond(state, text, menu, facts)            # what to do
    ... the caller carries out turn.act ...
    says, state = conclude(turn, outcome, menu, facts)  # what to say, and the next state

The decision uses the `facts`, and the `state` that the last text left. `actions` holds what `respond` can decide to do.
`outcome` turns the result of an action into `sayings`, which are the parts of the reply. `table` maps the intent of a
text and the stage of the conversation to a rule. The rules are in `ordering`, `answers` (to the questions of
`asking`), `smalltalk`, `diet`, `feedback`, `opt_out`, `ways`, `second_thoughts` and `barista_replies`."""

from sms.conversation.outcome import conclude
from sms.conversation.table import TABLE, ignore, language_after, respond

__all__ = ["TABLE", "conclude", "ignore", "language_after", "respond"]
