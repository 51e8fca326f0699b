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
    """The decision about one text: an action, what to say besides the action's outcome, and the next state."""

    reading: Reading
    act: Act
    says: tuple[Saying, ...]
    state: ConversationState
    #: The primary key of the order whose barista is shown the text; None if the text goes to no barista.
    answers: int | None = None
    #: True if the text is for the barista alone, so we do nothing else.
    only_answers: bool = False
    #: True if a person has to answer a question in the text, in addition to `act`.
    calls_person: bool = False
    #: The mail address that is to be told about the order of `act`; "" if the customer gave none.
    mail: str = ""
    #: True if the text is stored but gets no reply: a reaction, an auto-reply, or one text too many.
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
    #: True if our question for a rating came after the customer's last text.
    rating_just_asked: bool = False
    #: True if the barista's message came after the customer's last text, and after our last question for a rating.
    just_written: bool = False

    @property
    def name(self) -> str:
        return clean_name(self.reading.name or "")

    def turn(self, *says: Saying, act: Act = None, state: ConversationState | None = None) -> Turn:
        """Return the decision to answer with these sayings.

        The open question stays open unless another state is given."""
        return Turn(self.reading, act, says, self.state if state is None else state)

    def settled(self) -> ConversationState:
        """Return the state without an open question. The order that was mentioned last stays known."""
        return replace(self.state, draft=None, asked=None, offered=False, rating_of=None)


Rule = Callable[[Heard], Turn]


def clean_name(name: str, length: int = NAME_LENGTH) -> str:
    """Make a name fit a cup and a ticket: one line, printable characters, not too long."""
    printable = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(printable.split())[:length].rstrip()
