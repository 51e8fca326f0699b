"""The stages in which the parser reads a text, described for organizers on the page "Read a text"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.snapshot import menu_of
from orders.items import Item
from orders.parser import Intent, Question, Reading, explain
from orders.parser.atoms import Kind
from sms.conversation.asking import strange
from sms.dry_run import Rehearsal
from sms.replies.order_texts import item_spoken
from sms.segments import segments
from sms.wording.lookup import answers_of, wording_of
from stations.models import Event

#: The label that the page shows for each kind of atom. An atom is a word or phrase as the parser reads it. A kind
#: without a label is shown by its internal name.
KINDS: Mapping[str, Any] = {
    Kind.GROUP: gettext_lazy("a group of options"),
    Kind.CATEGORY: gettext_lazy("a kind of drink"),
    Kind.NUMBER: gettext_lazy("how many"),
    Kind.ARTICLE: gettext_lazy("one"),
    Kind.THE: gettext_lazy("one that is known"),
    Kind.NO: gettext_lazy("without"),
    Kind.LIGHT: gettext_lazy("a little"),
    Kind.EXTRA: gettext_lazy("extra"),
    Kind.UNIT: gettext_lazy("a measure"),
    Kind.TIMES: gettext_lazy("times"),
    Kind.ALL: gettext_lazy("all of them"),
    Kind.REST: gettext_lazy("the other ones"),
    Kind.ANOTHER: gettext_lazy("another"),
    Kind.OF_THEM: gettext_lazy("of them"),
    Kind.IT: gettext_lazy("what was ordered"),
    Kind.PLAIN: gettext_lazy("with nothing"),
    Kind.CALLED: gettext_lazy("a name follows"),
    Kind.NAME: gettext_lazy("a name"),
    Kind.ADD: gettext_lazy("adds"),
    Kind.MAKE: gettext_lazy("changes"),
    Kind.SWAP: gettext_lazy("swaps"),
    Kind.CORRECT: gettext_lazy("corrects"),
    Kind.ASK: gettext_lazy("asks for it"),
    Kind.FILLER: gettext_lazy("says nothing about the order"),
    Kind.COMMON: gettext_lazy("says nothing about the order"),
    Kind.TIME: gettext_lazy("a time"),
    Kind.NOTE: gettext_lazy("a note for the barista"),
    Kind.ALLERGY: gettext_lazy("a note for the barista"),
    Kind.UNKNOWN: gettext_lazy("not known"),
    Kind.COMMA: gettext_lazy("a pause"),
    Kind.STOP: gettext_lazy("the end of a sentence"),
    Kind.DASH: gettext_lazy("a pause"),
}
INTENTS: Mapping[str, Any] = {
    Intent.ORDER: gettext_lazy("An order"),
    Intent.CHANGE: gettext_lazy("A change to the order"),
    Intent.CANCEL: gettext_lazy("Drop the order"),
    Intent.USUAL: gettext_lazy("The usual"),
    Intent.NAME: gettext_lazy("A name"),
    Intent.YES: gettext_lazy("Yes"),
    Intent.NO: gettext_lazy("No"),
    Intent.GREETING: gettext_lazy("A greeting"),
    Intent.THANKS: gettext_lazy("Thanks"),
    Intent.CHAT: gettext_lazy("Nothing to answer"),
    Intent.MENU: gettext_lazy("Show the menu"),
    Intent.QUESTION: gettext_lazy("A question"),
    Intent.STATUS: gettext_lazy("Where is my order"),
    Intent.HELP: gettext_lazy("Help"),
    Intent.SUPPORT: gettext_lazy("A person, please, or a complaint"),
    Intent.STOP: gettext_lazy("No more texts"),
    Intent.START: gettext_lazy("Texts again"),
    Intent.FORGET: gettext_lazy("Delete my data"),
    Intent.MY_DATA: gettext_lazy("What is kept about me"),
    Intent.UNDO: gettext_lazy("Take the last change back"),
    Intent.TIME: gettext_lazy("When it is wanted"),
    Intent.UNCLEAR: gettext_lazy("Not understood"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the text that the parser read as one unit, and what they stand for."""

    text: str
    stands_for: str
    #: The menu's spelling, if the typed word was corrected to it; else "".
    corrected: str = ""
    unknown: bool = False
    on_menu: bool = False


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A part of the text that is about one drink: its count and name (`what`) and its options (`with_`)."""

    what: str
    with_: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Readout:
    text: str
    words: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    parts: tuple[ClauseRow, ...]
    #: Other possible readings of the text that the parser did not choose, the best first.
    others: tuple[tuple[Stretch, ...], ...]
    #: Words that are not on the menu, each once. The reply names them.
    strange: tuple[str, ...]
    intent: str
    reading: Reading
    #: The customer's order after this text, one description for each item.
    items: tuple[str, ...]
    questions: tuple[str, ...]
    reply: str
    segments: int


def read_out(text: str, event: Event, *, after: Sequence[str] = (), language: str = "") -> Readout:
    """Return the stages of reading the text, and the reply if nothing were sold out.

    `after` holds the customer's texts before this one. `language` is the customer's language, or ""."""
    menu = menu_of(event).menu
    rehearsal = Rehearsal(menu, event=event.name, languages=tuple(event.languages))
    rehearsal.facts = replace(
        rehearsal.facts,
        language=language or None,
        wording=wording_of(event),
        answers=partial(answers_of, event),
        currency=event.currency,
    )
    for earlier in after:
        rehearsal.text(earlier)
    stages = explain(
        text, menu, order=rehearsal.holds(), asked=rehearsal.state.asked, language=rehearsal.facts.language
    )
    rehearsed = rehearsal.text(text)
    reading = rehearsed.turn.reading
    stretches = _stretches(stages["atoms"], stages["corrected"])
    ways = (_stretches(way["atoms"], stages["corrected"]) for way in stages["ways"][1:])
    return Readout(
        text=stages["text"],
        words=tuple(stages["words"]),
        stretches=stretches,
        parts=tuple(_parts(stages["clauses"])),
        others=tuple(dict.fromkeys(way for way in ways if way != stretches)),
        strange=strange(reading) or tuple(dict.fromkeys(each.text for each in stretches if each.unknown)),
        intent=str(INTENTS.get(reading.intent, reading.intent)),
        reading=reading,
        items=tuple(item_spoken(item, menu) for item in rehearsed.items),
        questions=tuple(_question(asked, rehearsed.items) for asked in reading.missing),
        reply=rehearsed.reply,
        segments=segments(rehearsed.reply),
    )


def _stretches(atoms: Sequence[Mapping[str, Any]], corrected: Mapping[str, str]) -> tuple[Stretch, ...]:
    return tuple(_stretch(atom, corrected.get(atom["text"], "")) for atom in atoms)


def _stretch(atom: Mapping[str, Any], corrected: str) -> Stretch:
    means = atom.get("means", ())
    said = _(" or ").join(means) if means else str(KINDS.get(atom["kind"], atom["kind"]))
    return Stretch(atom["text"], said, corrected if means else "", atom["kind"] == Kind.UNKNOWN, on_menu=bool(means))


def _parts(clauses: Sequence[Mapping[str, Any]]) -> Iterator[ClauseRow]:
    for clause in clauses:
        drinks = _(" or ").join(meaning["name"] for meaning in clause.get("drink", ()))
        wishes = tuple(_wish(wish) for wish in clause.get("wishes", ()))
        if drinks or wishes:
            count = f"{clause['count']} × " if clause.get("count") else ""
            yield ClauseRow(count + (drinks or _("no drink")), wishes)


def _wish(wish: Mapping[str, Any]) -> str:
    means = _(" or ").join(f"{each['group']}: {each['name']}" for each in wish["meanings"])
    amount = wish.get("amount")
    return means if amount is None else f"{means} ({amount:g})" if isinstance(amount, float) else f"{means} ({amount})"


def _question(asked: Question, items: Sequence[Item]) -> str:
    if asked.about == "option" and asked.item < len(items):
        return _("%(group)s of the %(drink)s") % {"group": asked.group, "drink": items[asked.item].drink}
    return _("Which drink") if asked.about == "drink" else str(asked.about)
