"""Decides what to do and what to reply to a text, without Django, a clock or a database.

    turn = respond(state, text, menu, facts)            # what to do
    ... the act is carried out ...
    says, state = conclude(turn, outcome, menu, facts)  # what to say, and where that leaves us

Into it go `facts` and the `state` that the last text left; out of it come `deeds` to do and, by way of `outcome`,
`sayings` to say. `table` is the whole conversation: what a text is by what we had asked before. Its rules stand in
`ordering`, `answers` (to what we asked: `asking`), `talk`, `taste` and `leaving`; what a barista wrote in `bar`."""

from sms.conversation.outcome import conclude
from sms.conversation.table import TABLE, ignore, language_after, respond

__all__ = ["TABLE", "conclude", "ignore", "language_after", "respond"]
