"""A customer's text as the parser understood it (`Heard`), and the decision about this text (`Turn`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from inventory.menu import Menu
from orders.parser import Reading
from sms.conversation.actions import Act
from sms.conversation.facts import Facts, OpenOrder
from sms.conversation.sayings import Saying
from sms.conversation.state import ConversationState

#: Maximum length of a name on a cup, in characters.
NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Turn:
    """The decision about one text: an action, parts of the reply, and the next state.

    `outcome.conclude` adds the parts of the reply that depend on the action's outcome."""

    reading: Reading
    act: Act
    says: tuple[Saying, ...]
    state: ConversationState
    #: The primary key of the order whose barista is shown the text; None if no barista is shown the text.
    answers: int | None = None
    #: True if the text is meant for the barista alone. It is then shown to the barista, and no action is carried out.
    only_answers: bool = False
    #: True if a person of the support team must also answer a question in the text.
    calls_person: bool = False
    #: The mail address that must be notified about the order that this text places or changes (`act`); "" if the
    #: customer gave none.
    mail: str = ""
    #: True if the text is stored but gets no reply. Examples are a reaction, an auto-reply, or a text over the limit.
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """One text of a customer, what the parser understood (`reading`), and all facts that a rule needs."""

    text: str
    reading: Reading
    state: ConversationState
    menu: Menu
    facts: Facts
    #: The open order that the text is about; None if there is none.
    order: OpenOrder | None
    #: True if we asked for a rating after the customer's last text.
    rating_just_asked: bool = False
    #: True if a barista wrote to the customer after the customer's last text, and after our last question for a rating.
    just_written: bool = False

    @property
    def name(self) -> str:
        return clean_name(self.reading.name or "")

    def turn(self, *says: Saying, act: Act = None, state: ConversationState | None = None) -> Turn:
        """Return the decision to reply with these parts (`says`).

        A question that is open stays open unless `state` is given."""
        return Turn(self.reading, act, says, self.state if state is None else state)

    def settled(self) -> ConversationState:
        """Return the state without an open question and without an unfinished order. The last mentioned order stays
        known."""
        return replace(self.state, draft=None, asked=None, offered=False, rating_of=None)


Rule = Callable[[Heard], Turn]


def clean_name(name: str, length: int = NAME_LENGTH) -> str:
    """Return the name in a form that fits a cup: one line, printable characters, at most `length` characters."""
    printable = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(printable.split())[:length].rstrip()
