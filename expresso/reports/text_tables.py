"""Builds tables of texts: how many there were, what they cost, how they were read, and customers' ratings."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, Sum, When

from expresso.reports.figures import share
from expresso.reports.report import Report
from expresso.reports.sources import NOT_READ, sent_in, texts_in
from expresso.reports.tables import SHARE, Cell, Column, Table
from orders.parser import Intent
from sms.insight.not_understood import key_of
from sms.models import Delivery, Feedback, InboundMessage

TEXTS = Column("texts", "Texts", "texts")
SEGMENTS = Column("segments", "Segments", "segments")
#: Maximum number of texts whose unknown words are read, newest first. It is limited because each text has to be
#: decrypted.
MOST_UNKNOWN = 1000
#: Maximum number of words in the table of unknown words.
MOST_WORDS = 50
#: Intents of texts that place an order or change one.
_ORDERED = (Intent.ORDER, Intent.USUAL)
_IS_UNDERSTOOD = Case(When(intent=Intent.UNCLEAR, then=False), default=True, output_field=BooleanField())


def _received(report: Report) -> Any:
    period = report.period
    return InboundMessage.objects.filter(
        conversation__event=period.event, received_at__gte=period.start, received_at__lt=period.end
    ).order_by()


def texts_table(report: Report) -> Table:
    period = report.period
    received = texts_in(period).aggregate(
        all=_texts(), replies=_texts(replied=True), segments=Sum("sent_segments", filter=Q(replied=True), default=0)
    )
    sums = {"n": Sum("texts"), "sum_segments": Sum("sent_segments")}
    by_status = {row["status"]: row for row in sent_in(period).values("status").annotate(**sums).order_by("status")}

    def of(*statuses: str) -> tuple[int, int]:
        found = [by_status[status] for status in statuses if status in by_status]
        return sum(row["n"] for row in found), sum(row["sum_segments"] for row in found)

    sent, failed = of(Delivery.SENT, Delivery.DELIVERED), of(Delivery.FAILED)
    answered = (received["replies"], received["segments"])
    out = answered[0] + sent[0], answered[1] + sent[1]
    rows: list[tuple[Cell, ...]] = [
        ("Received", received["all"], None),
        ("Replies", *answered),
        ("Sent by Expresso: ready, reminders, from the bar", *sent),
        ("Sent in all", *out),
        ("Failed", failed[0], None),
        ("Not sent, because overtaken or too late", of(Delivery.EXPIRED)[0], None),
        ("Waiting to be sent", of(Delivery.QUEUED, Delivery.SENDING)[0], None),
    ]
    columns: tuple[Column, ...] = (Column("what", "Texts"), TEXTS, SEGMENTS)
    if report.price is not None:
        columns = (*columns, Column("cost", "Cost at that price", "money"))
        priced = {"Replies", "Sent in all", rows[2][0]}
        rows = [(*row, round(float(int(row[2] or 0) * report.price), 2) if row[0] in priced else None) for row in rows]
    about = "Carriers bill by the segment. Texts that came in are not priced here."
    return Table("texts", "Texts", about, columns, tuple(rows))


def reading(report: Report) -> Table:
    clear = {"strange": False, "understood": True}
    found = (
        texts_in(report.period)
        .exclude(intent__in=NOT_READ)
        .annotate(understood=_IS_UNDERSTOOD)
        .aggregate(
            all=_texts(),
            clear=_texts(**clear),
            orders=_texts(intent__in=_ORDERED),
            asked=_texts(intent__in=_ORDERED, placed=False),
            person=_texts(intent=Intent.SUPPORT),
            unclear=_texts(intent=Intent.UNCLEAR),
            unknown_words=_texts(strange=True),
            first=Sum("firsts", default=0),
            first_clear=Sum("firsts", filter=Q(**clear), default=0),
        )
    )
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Texts that were read", found["all"], None),
        ("Understood in full", found["clear"], share(found["clear"], found["all"])),
        (
            "Customers’ first texts that were understood in full",
            found["first_clear"],
            share(found["first_clear"], found["first"]),
        ),
        ("Order texts answered with a question", found["asked"], share(found["asked"], found["orders"])),
        ("Not understood at all", found["unclear"], share(found["unclear"], found["all"])),
        ("With unknown words", found["unknown_words"], share(found["unknown_words"], found["all"])),
        ("Asked for a person", found["person"], share(found["person"], found["all"])),
    )
    about = (
        "Understood in full: it was clear what to do, and no word was unknown. A first text is the first of its "
        "customer at this event. Ratings, answers to the bar and "
        "reactions are left out. A question is the reply to an order text that did not place an order yet."
    )
    return Table("reading", "How texts were read", about, (Column("what", "What"), TEXTS, SHARE), rows)


def _texts(**like: Any) -> Sum:
    return Sum("texts", filter=Q(**like), default=0)


def unknown_words_table(report: Report) -> Table:
    found: Counter[str] = Counter()
    said: dict[str, str] = {}
    strange = _received(report).exclude(unknown=[]).order_by("-pk").values_list("unknown", flat=True)
    for words in strange[:MOST_UNKNOWN]:
        for each in words:
            if key := key_of(each):
                found[key] += 1
                said.setdefault(key, each)
    rows = tuple((said[key], times) for key, times in found.most_common(MOST_WORDS))
    about = f"Words that are on no menu, in the last {MOST_UNKNOWN} texts with such words."
    return Table("unknown-words", "Unknown words", about, (Column("words", "Words"), TEXTS), rows)


def ratings(report: Report) -> Table:
    period = report.period
    asked = Feedback.objects.filter(event=period.event, day__gte=period.first, day__lte=period.last).order_by()
    scores: dict[int, int] = dict(asked.exclude(score=None).values_list("score").annotate(Count("pk")))
    given = sum(scores.values())
    rows: list[tuple[Cell, ...]] = [
        (f"{score} of 5", scores.get(score, 0), share(scores.get(score, 0), given)) for score in (5, 4, 3, 2, 1)
    ]
    total = asked.count()
    mean = f"{sum(score * n for score, n in scores.items()) / given:.1f}" if given else "–"
    about = f"Mean {mean} of 5. {total} customers were asked, {given} answered with a score."
    columns = (Column("score", "Score"), Column("answers", "Answers", "answers"), SHARE)
    return Table("ratings", "Ratings", about, columns, tuple(rows), charted="answers")
