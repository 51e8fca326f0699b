"""One text as it was understood (`Heard`), and the decision about it (`Turn`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from inventory.menu import Menu
from orders.parser import Reading
from sms.conversation.actions import Act
from sms.conversation.facts import Facts, OpenOrder
from sms.conversation.sayings import Saying
from sms.conversation.state import ConversationState

#: The longest name that fits on a cup.
NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Turn:
    """The decision about one text: an action, what to say beside its outcome, and the next state."""

    reading: Reading
    act: Act
    says: tuple[Saying, ...]
    state: ConversationState
    #: The order (pk) whose barista is shown the text.
    answers: int | None = None
    #: The text is for the barista alone.
    only_answers: bool = False
    #: A question in the text is handed to a person, besides the act.
    calls_person: bool = False
    #: The address to which the customer wants to be told about the order of this act.
    mail: str = ""
    #: The text is kept and gets no reply: a reaction, an auto-reply, or one text too many.
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """One text with its reading and all facts that the decision may use."""

    text: str
    reading: Reading
    state: ConversationState
    menu: Menu
    facts: Facts
    #: The open order that the text is about, if any.
    order: OpenOrder | None
    #: Our last text asked for a rating.
    rating_just_asked: bool = False
    #: The last text to the customer was a barista's message.
    just_written: bool = False

    @property
    def name(self) -> str:
        return clean_name(self.reading.name or "")

    def turn(self, *says: Saying, act: Act = None, state: ConversationState | None = None) -> Turn:
        """Answer with these sayings; the open question stays open unless another state is given."""
        return Turn(self.reading, act, says, self.state if state is None else state)

    def settled(self) -> ConversationState:
        """The state with no question open; the order that was mentioned last stays known."""
        return replace(self.state, draft=None, asked=None, offered=False, rating_of=None)


Rule = Callable[[Heard], Turn]


def clean_name(name: str, length: int = NAME_LENGTH) -> str:
    """Make a name fit a cup and a ticket: one line, printable characters, not too long."""
    printable = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(printable.split())[:length].rstrip()
