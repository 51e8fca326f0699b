"""The sentences to customers that an event can reword.

`Sentence.standard` repeats the English sentence in the code of `sms.replies`. A test checks that both are the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import Any

from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Sentence:
    key: str
    #: Tells organizers when customers get this sentence.
    when: Any
    standard: str
    #: The plural form of `standard`; "" if there is none.
    plural: str = ""
    #: The text around the sentence, with "{}" in place of the sentence. It can contain placeholders of its own.
    frame: str = "{}"
    #: Placeholders that an event's own wording does not have to contain.
    optional: frozenset[str] = frozenset({"sample"})
    #: Maximum number of SMS segments of the sentence together with its `frame`, with the longest value of each
    #: placeholder. If the standard wording needs more, that number is the maximum (see `OwnSentence.most`).
    most: int = 1

    @cached_property
    def placeholders(self) -> frozenset[str]:
        return placeholders(self.standard)

    def takes(self, own: str) -> bool:
        """Return whether an event's own wording uses only placeholders of this sentence."""
        try:
            return placeholders(own) <= self.placeholders
        except ValueError:
            return False


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces. Raises ValueError if a brace is not closed, or contains more than a name."""
    found = set()
    for _text, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(name)
        found.add(name)
    return frozenset(found)


_ALL = (
    Sentence(
        "greeting",
        gettext_lazy("After a greeting, and to whoever texts for the first time without an order"),
        "Text me your order, like '{sample}'. MENU shows what there is.",
        frame="{hello} {}",
    ),
    Sentence(
        "help",
        gettext_lazy("After HELP"),
        "Text your order, like '{sample}'. MENU: what there is. STATUS: how long. DROP: no thanks. "
        "USUAL: same again. PERSON: talk to us.",
    ),
    Sentence("placed", gettext_lazy("The order is in"), "Got it: {items} ({code}), {wait}."),
    Sentence("changed", gettext_lazy("The order was changed"), "Changed: {items} ({code}), {wait}."),
    Sentence("name", gettext_lazy("With the first order of somebody without a name"), "What name for the cup?"),
    Sentence("named", gettext_lazy("After a name, without an open order"), "Thanks, {name}!"),
    Sentence(
        "ready",
        gettext_lazy("The order is ready; the customer's name and a comma stand before it where it is known"),
        "your {items} is ready at {station} ({code}).",
        plural="your {items} are ready at {station} ({code}).",
        frame="{name}, {}",
    ),
    Sentence(
        "cancelled",
        gettext_lazy("A barista cancelled the order; the barista's reason follows, and what to do"),
        "Sorry, we can't make your {items} ({code})",
        frame="{}: {reason}. {ask}",
    ),
    Sentence(
        "feedback",
        gettext_lazy("A while after the pickup, where the event asks how it was"),
        "How was your {items}? A number from 1 to 5, or a few words, would help us. No need to, of course.",
    ),
    Sentence("rated", gettext_lazy("After an answer to that"), "Thank you for telling us!"),
    Sentence(
        "rated_low",
        gettext_lazy("After an answer of 1 or 2"),
        "Thank you for telling us, and sorry that it wasn't better. PERSON if we may put it right.",
    ),
    Sentence(
        "come",
        gettext_lazy("A barista asks the customer to come; the order's code stands before it"),
        "Could you come to {station}, please? It's about your order.",
        frame="{code}: {}",
    ),
    Sentence(
        "longer",
        gettext_lazy("A barista says that it takes longer; the order's code stands before it"),
        "Sorry, your order takes a little longer than we said.",
        frame="{code}: {}",
    ),
    Sentence(
        "here",
        gettext_lazy("A barista says where the order is; its code stands before it"),
        "Your order is at {station}.",
        frame="{code}: {}",
    ),
    Sentence(
        "to_barista",
        gettext_lazy("After an answer to what a barista wrote"),
        "Thanks, the barista reads this.",
    ),
    Sentence("thanks", gettext_lazy("After a thank you"), "You're welcome!"),
    Sentence(
        "unclear",
        gettext_lazy("The text was not understood; what to text instead follows"),
        "Sorry, I didn't get that.",
        frame="{} {order_like}",
    ),
    Sentence(
        "closed",
        gettext_lazy("Closed until a time"),
        "We're closed right now. Order again from {time}, please.",
    ),
    Sentence("pause", gettext_lazy("Paused"), "We're taking a short break. Order again from {time}, please."),
    Sentence("over", gettext_lazy("The event is over"), "Sorry, we've stopped taking orders. Thank you for coming!"),
    Sentence(
        "full",
        gettext_lazy("No more drinks are taken in this window of time"),
        "The bars are full up right now, sorry. Please text again at {time}.",
    ),
    Sentence(
        "too_many_orders",
        gettext_lazy("As many orders are open as one customer may have"),
        "You have {n} order open already. You can order again once it is ready. STATUS shows how long.",
        plural="You have {n} orders open already. You can order again once one is ready. STATUS shows how long.",
        optional=frozenset({"n"}),
    ),
    Sentence(
        "menu",
        gettext_lazy("After MENU, where all of it would be too long"),
        "We have {categories}. Text MENU and one of these.",
        most=3,
    ),
    Sentence(
        "who",
        gettext_lazy("Who are you?"),
        "I'm the order line of {event}: a program that hands your texts to the baristas.",
        optional=frozenset({"event"}),
    ),
    Sentence("price", gettext_lazy("What does it cost?"), "I don't know about prices, sorry. The baristas do."),
    Sentence(
        "allergens",
        gettext_lazy("What about nuts?"),
        "Please check allergies with the barista. Put it in your order, like 'allergic to nuts', "
        "and it stands on the ticket.",
    ),
    Sentence(
        "person",
        gettext_lazy("Somebody complained, or asked for a person"),
        "Thanks for telling us. I've flagged this for the team; for anything urgent, please ask at the bar.",
    ),
)
SENTENCES: Mapping[str, Sentence] = {sentence.key: sentence for sentence in _ALL}
