"""Reads a text for organizers: the stages of the reading, and the reply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from inventory.snapshot import menu_of
from orders.items import Item
from orders.parser import Explanation, Question, Reading, Topic
from sms.conversation.asking import strange
from sms.dry_run import Rehearsal
from sms.insight.labels import INTENTS
from sms.insight.stages import ReadingStage, Row, stages_of
from sms.replies.order_texts import item_spoken
from sms.segments import segments
from sms.wording.lookup import answers_of, wording_of
from stations.models import Event


@dataclass(frozen=True, slots=True)
class Readout:
    stages: tuple[ReadingStage, ...]
    #: Words that are not on the menu, each once. The reply repeats them to the customer.
    strange: tuple[str, ...]
    intent: str
    reading: Reading
    #: The customer's order after this text, one description for each item.
    items: tuple[str, ...]
    questions: tuple[str, ...]
    reply: str
    segments: int

    @property
    def ways(self) -> ReadingStage:
        """The stage that tells what each word stands for. Its title is "Ways"."""
        return self.stages[1]


def read_out(text: str, event: Event, *, after: Sequence[str] = (), language: str = "") -> Readout:
    """Return the stages of reading the text, and the reply if nothing were sold out.

    `after` holds the customer's texts before this one. `language` is the customer's language, or ""."""
    rehearsal = Rehearsal(menu_of(event).menu, event=event.name, languages=tuple(event.languages))
    rehearsal.facts = replace(
        rehearsal.facts,
        language=language or None,
        wording=wording_of(event),
        answers=partial(answers_of, event),
        currency=event.currency,
    )
    for earlier in after:
        rehearsal.text(earlier)
    return rehearse(text, rehearsal)


def rehearse(text: str, rehearsal: Rehearsal) -> Readout:
    """Return the stages of reading the next text of a rehearsed conversation, and the reply. Needs no database."""
    found, before, menu = rehearsal.explain(text), rehearsal.holds(), rehearsal.menu
    rehearsed = rehearsal.text(text)
    reading = rehearsed.turn.reading
    asked = rehearsal.state.asked
    readout = Readout(
        stages=(),
        strange=strange(reading) or found.unknown,
        intent=INTENTS[reading.intent],
        reading=reading,
        items=tuple(item_spoken(item, menu) for item in rehearsed.items),
        questions=tuple(dict.fromkeys(_question(each, rehearsed.items) for each in (*reading.missing, asked) if each)),
        reply=rehearsed.reply,
        segments=segments(rehearsed.reply),
    )
    result = tuple(_result(readout, found))
    return replace(readout, stages=stages_of(found, before, reading, result, rehearsed.items, asked, menu))


def _result(readout: Readout, found: Explanation) -> Iterator[Row]:
    reading = readout.reading
    # In a text that orders, the topics also contain the ordered drinks and options. The customer does not ask about
    # these.
    topics = [topic for topic in reading.topics if not (reading.items and topic.name)]
    yield Row("The text is", readout.intent)
    yield from (Row("The order then holds" if not at else "", item) for at, item in enumerate(readout.items))
    told = {
        "For": reading.name,
        "Wanted": ", ".join(found.time) if reading.time else "",
        "Note for the barista": reading.note,
        "Asks about": ", ".join(dict.fromkeys(map(_topic, topics))),
        "Still open": ", ".join(readout.questions),
        "Its language": reading.language,
    }
    yield from (Row(what, said) for what, said in told.items() if said)
    parts = f"{readout.segments} segment{'s' * (readout.segments > 1)}" if readout.reply else ""
    yield Row("The reply", readout.reply or "Nothing: the carrier answers this word itself.", parts)


def _topic(topic: Topic) -> str:
    return topic.name or ("something that the menu does not say" if topic.kind == "other" else topic.kind)


def _question(asked: Question, items: Sequence[Item]) -> str:
    if asked.about == "option" and asked.item < len(items):
        return f"{asked.group} of the {items[asked.item].drink}"
    return {"drink": "which drink", "name": "the name", "confirm": "whether it is right", "time": "the time"}.get(
        asked.about, "which drink to drop"
    )
