"""The admin page "Not understood", which lists unknown words and texts that were not understood."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, Membership, Role, User
from inventory.models import Drink, OptionGroup
from orders.tests import factory
from sms.insight.not_understood import puzzles_of
from sms.models import Ignored, InboundMessage
from sms.tests.insight import teach
from sms.tests.texting import text
from stations.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]


def listed(client: Client, event: Event, **how: str) -> list[tuple[str, int]]:
    page = client.get(reverse("admin:sms_not_understood"), {"event": event.slug, **how})
    return [(puzzle.words, puzzle.count) for puzzle in page.context["puzzles"]]


def put_aside(client: Client, event: Event, **fields: str) -> None:
    client.post(reverse("admin:sms_not_understood"), {"event": event.slug, **fields})


# The lists of words and texts -----------------------------------------------------------------------


def test_words_on_no_menu_are_kept_with_their_text(event: Event) -> None:
    text(event, "large latte and a bagel")
    text(event, "large tea")

    assert list(InboundMessage.objects.order_by("pk").values_list("unknown", flat=True)) == [["bagel"], []]


def test_an_option_that_does_not_fit_is_no_unknown_word(event: Event) -> None:
    text(event, "large tea with oat")

    assert InboundMessage.objects.get().unknown == []


def test_words_are_listed_once_with_their_count_and_the_latest_texts(client: Client, event: Event) -> None:
    for body in ("a java please", "java", "large latte and a Bagel", "2 bagels and a large tea", "a bagels"):
        text(event, body, sender=f"+1555020{len(body):04}")

    page = client.get(reverse("admin:sms_not_understood"), {"event": event.slug})

    puzzles = page.context["puzzles"]
    assert [(puzzle.key, puzzle.count) for puzzle in puzzles] == [("bagel", 3), ("java", 2)]
    assert [each.body for each in puzzles[0].examples] == [
        "a bagels",
        "2 bagels and a large tea",
        "large latte and a Bagel",
    ]
    assert page.context["texts"] == 5


def test_the_newest_come_first_where_that_is_wanted(client: Client, event: Event) -> None:
    for body in ("a bagel please", "one bagel please", "a java please"):
        text(event, body)

    assert listed(client, event) == [("bagel", 2), ("java", 1)]
    assert listed(client, event, sort="newest") == [("java", 1), ("bagel", 2)]


def test_a_text_leads_to_its_reading_in_one_click(client: Client, event: Event) -> None:
    text(event, "a bagel please")
    page = client.get(reverse("admin:sms_not_understood")).content.decode()

    link = next(part for part in page.split('href="') if "message=" in part).split('"')[0].replace("&amp;", "&")
    opened = client.get(link)

    assert opened.context["readout"].strange == ("bagel",)


def test_a_word_that_the_menu_has_learnt_leaves_the_list(client: Client, event: Event) -> None:
    for body in ("large latte and a java", "java", "a bagel please"):
        text(event, body)

    teach(client, event, "java", "java", Drink.objects.get(name="Mocha"))

    assert listed(client, event) == [("bagel", 1)]


def test_a_word_for_a_group_or_a_category_leaves_the_list(client: Client, event: Event) -> None:
    for body in ("large latte and toppings", "large latte and bobas"):
        text(event, body)
    assert listed(client, event) == [("bobas", 1), ("toppings", 1)]

    group, drink = OptionGroup.objects.get(name="Size"), Drink.objects.get(name="Tea")
    group.aliases, drink.category = ["topping"], "Boba"
    group.save()
    drink.save()

    assert listed(client, event) == []


def test_an_ignored_word_leaves_the_list_until_it_is_listed_again(
    client: Client, event: Event, organizer: User
) -> None:
    text(event, "a Bagel please")
    put_aside(client, event, ignore="bagel")
    text(event, "bagels please")

    assert listed(client, event) == []
    put_aside(client, event, ignore="bagel")
    put_aside(client, event, list="bagel")

    assert listed(client, event) == [("bagels", 2)]
    acts = list(AuditEntry.objects.exclude(act="read").order_by("pk").values_list("act", "by"))
    assert acts == [("ignored", organizer.pk), ("ignored", organizer.pk), ("listed again", organizer.pk)]


def test_a_whole_text_is_listed_where_no_word_of_it_is_strange(client: Client, event: Event) -> None:
    text(event, "5")

    assert listed(client, event) == [("5", 1)]


def test_each_kind_of_text_that_was_not_understood_is_read_by_a_statement_of_its_own(event: Event) -> None:
    with CaptureQueriesContext(connection) as captured:
        puzzles_of(event)

    # Texts without a known intent and texts with unknown words are read by two SQL statements. A single statement with
    # both conditions could use neither of the two indexes.
    wheres = [each["sql"].partition(" WHERE ")[2] for each in captured if '"sms_inboundmessage"' in each["sql"]]
    assert [('"intent" =' in where, '"unknown" =' in where) for where in wheres] == [(True, False), (False, True)]


def test_another_events_texts_are_not_listed(client: Client, event: Event, organizer: User) -> None:
    text(event, "a bagel please")
    other = factory.cafe().event
    Membership.objects.create(user=organizer, event=other, role=Role.ORGANIZER)

    assert (listed(client, event), listed(client, other)) == ([("bagel", 1)], [])


def test_whoever_wants_to_be_forgotten_leaves_no_word_behind(client: Client, event: Event) -> None:
    text(event, "a java for tarzan and a bagel")
    text(event, "tarzan")
    text(event, "a bagel please", sender="+15550200002")
    put_aside(client, event, ignore="tarzan")
    put_aside(client, event, ignore="bagel")

    text(event, "FORGET ME")

    assert listed(client, event) == [("bagel", 1)]
    assert not Ignored.objects.exists()
    assert sorted(InboundMessage.objects.values_list("body", "unknown")) == [
        ("", []),
        ("", []),
        ("", []),
        ("a bagel please", ["bagel"]),
    ]
    assert "tarzan" not in str(list(AuditEntry.objects.values()))


def test_an_ignored_word_stays_though_a_forgotten_text_has_a_longer_word_with_it(client: Client, event: Event) -> None:
    text(event, "a bagel please", sender="+15550200002")
    put_aside(client, event, ignore="bagel")
    text(event, "a bagelette please")

    text(event, "FORGET ME")

    assert listed(client, event) == []


def test_a_word_at_the_end_of_a_long_forgotten_text_is_no_longer_ignored(client: Client, event: Event) -> None:
    text(event, f"{'a large latte, ' * 20} for tarzan")
    put_aside(client, event, ignore="tarzan")

    text(event, "FORGET ME")

    assert not Ignored.objects.exists()


def test_the_list_takes_as_many_queries_for_30_words_as_for_one(client: Client, event: Event) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed(client, event)
        return len(captured)

    text(event, "a bagel please")
    listed(client, event)
    for_one = queries()
    for n in range(30):
        word = "zq" + "abcdefghijklmnopqrstuvwxyz"[n % 26] * (2 + n // 26)
        text(event, f"a {word} please", sender=f"+1555020{n:04}")

    assert len(listed(client, event)) == 31
    assert queries() == for_one
