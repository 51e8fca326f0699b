"""Decides what to do and what to reply to a text, without Django, a clock or a database.

    turn = respond(state, text, menu, facts)            # what to do
    ... the act is carried out ...
    says, state = conclude(turn, outcome, menu, facts)  # what to say, and where that leaves us

`facts`, and the `state` that the last text left, are what it decides from. `actions` are what `respond` decides to do;
`outcome` turns what came of them into `sayings`. `table` maps an intent and a stage to a rule. The rules are in
`ordering`, `answers` (to the questions of `asking`), `smalltalk`, `diet`, `feedback`, `opt_out`, `ways`,
`second_thoughts` and `barista_replies`."""

from sms.conversation.outcome import conclude
from sms.conversation.table import TABLE, ignore, language_after, respond

__all__ = ["TABLE", "conclude", "ignore", "language_after", "respond"]
