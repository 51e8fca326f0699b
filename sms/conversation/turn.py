"""One text as it was understood, and the answer to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from inventory.menu import Menu
from orders.parser import Reading
from sms.conversation.actions import Act
from sms.conversation.facts import Facts, OpenOrder
from sms.conversation.sayings import Saying
from sms.conversation.state import ConversationState

#: As long as a name on a cup may be.
NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to one text: what to do, what to say besides what comes of it, and the next state."""

    reading: Reading
    act: Act
    says: tuple[Saying, ...]
    state: ConversationState
    #: The order (pk) whose barista reads the text.
    answers: int | None = None
    #: It is for the barista alone: nothing of it was understood, or had to be.
    only_answers: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """One text, understood, with all that the decision about it may know."""

    text: str
    reading: Reading
    state: ConversationState
    menu: Menu
    facts: Facts
    #: The open order that the text is about, where it is about one.
    order: OpenOrder | None
    #: How it was is the last thing that we said.
    rating_just_asked: bool = False
    #: What the barista wrote is.
    just_written: bool = False

    @property
    def name(self) -> str:
        return clean_name(self.reading.name or "")

    def turn(self, *says: Saying, act: Act = None, state: ConversationState | None = None) -> Turn:
        """Says that and leaves what was asked open, unless another state is given."""
        return Turn(self.reading, act, says, self.state if state is None else state)

    def settled(self) -> ConversationState:
        """Nothing is open any more; what the conversation was about stays known."""
        return replace(self.state, draft=None, asked=None, offered=False, rating_of=None)


Rule = Callable[[Heard], Turn]


def clean_name(name: str, length: int = NAME_LENGTH) -> str:
    """As it can stand on a cup and on a ticket: one line, nothing invisible, not too long."""
    printable = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(printable.split())[:length].rstrip()
