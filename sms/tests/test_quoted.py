"""A reaction to one of our texts (such as 👍 to “Got it: latte”) and a quotation of one of our texts order nothing.
Words that a customer adds to a quotation are read."""

from __future__ import annotations

import pytest

from accounts.models import User
from orders.models import Message, Order
from orders.tests import factory
from sms.conversation.quoted import is_reaction, may_quote, without_our_words
from sms.models import InboundMessage
from sms.tests.barista import tap
from sms.tests.texting import known, text
from stations.models import Station

GOT_IT = "Got it: large oat latte (A01), ready in 2-4 min."
REACTIONS = [
    "Liked “{}”",
    "Loved “{}”",
    "Disliked “{}”",
    "Laughed at “{}”",
    "Emphasized “{}”",
    "Emphasised “{}”",
    "Questioned “{}”",
    "Removed a like from “{}”",
    "Removed an exclamation mark from “{}”",
    "Reacted 👍 to “{}”",
    "👍 to “{}”",
    'Liked "{}"',
    "Liked “{}",
    "Gefällt „{}“",
    "Hat „{}“ mit „Gefällt mir“ markiert",
    "Hat über „{}“ gelacht",
    "Hat mit 👍 auf „{}“ reagiert",
    "Le gusta “{}”",
    "Le gustó “{}”",
    "Le encantó “{}”",
    "Se rió de “{}”",
    "Reaccionó con ❤️ a “{}”",
    "A aimé « {} »",
    "A ajouté « J’aime » à « {} »",
    "A adoré « {} »",
    "N’a pas aimé « {} »",
    "A réagi avec 👍 à « {} »",
    "Liked an image",
]


@pytest.mark.parametrize("form", REACTIONS)
def test_reaction_of_a_phone_is_known_in_every_language(form: str) -> None:
    assert is_reaction(form.format(GOT_IT))


@pytest.mark.parametrize(
    "said",
    [
        'can I get a "large latte"',
        'a "latte"',
        "I loved the latte",
        "Loved the “large latte”, one more please",
        "large latte 👍",
        'large latte for "Sam"',
        "👍",
    ],
)
def test_words_of_a_customer_are_no_reaction(said: str) -> None:
    assert not is_reaction(said)


@pytest.mark.parametrize(
    ("body", "own"),
    [
        (GOT_IT, ""),
        (f"Fwd: {GOT_IT}", ""),
        (f"> {GOT_IT}", ""),
        ("“Got it: large oat latte (A01)…”", ""),
        (f"{GOT_IT} make it soy", "make it soy"),
        (f"> {GOT_IT}\nmake it soy", "make it soy"),
        # The customer forwards or quotes our confirmation of another customer's order.
        ("Fwd: Got it: large soy latte (B07), ready in 12-14 min.", ""),
        ("> Notiert: 2x Latte, groß (B07), fertig in höchstens 3 min.\nfür mich auch einen", "für mich auch einen"),
        ("C'est noté: latte, grand (B07), dans 2-5 min. Moi aussi un latte", "Moi aussi un latte"),
        ("large oat latte\nsmall mocha", "large oat latte\nsmall mocha"),
        ('can I have "large oat latte"', 'can I have "large oat latte"'),
    ],
)
def test_our_own_words_are_taken_out_of_a_text(body: str, own: str) -> None:
    assert without_our_words(body, [GOT_IT]) == own


@pytest.fixture
def cafe(db: None) -> Station:
    return factory.cafe()


def test_reaction_is_kept_without_a_reply_and_orders_nothing(cafe: Station) -> None:
    known(cafe.event)
    reply = text(cafe.event, "large oat latte")

    assert text(cafe.event, f"Liked “{reply}”") == ""
    assert Order.objects.count() == 1
    assert (InboundMessage.objects.latest("pk").intent, Order.objects.get().cups) == ("ignored", 1)


def test_forwarded_reply_orders_nothing_and_what_is_added_counts(cafe: Station) -> None:
    known(cafe.event)
    reply = text(cafe.event, "large oat latte")

    assert text(cafe.event, f"Fwd: {reply}") == ""
    assert text(cafe.event, f"> {reply}\nmake it soy").startswith("Changed: large soy latte")


def test_answer_after_our_quoted_question_is_read(cafe: Station) -> None:
    known(cafe.event)
    question = text(cafe.event, "oat latte")

    assert text(cafe.event, f"> {question}\nlarge").startswith("Got it: large oat latte")


def test_reaction_to_a_message_from_the_bar_is_shown_to_the_barista(cafe: Station, maya: User) -> None:
    known(cafe.event)
    text(cafe.event, "large latte")
    tap(Order.objects.get(), maya, text="Is soy fine?")

    assert text(cafe.event, "👍 to “Is soy fine?”") == ""
    assert [message.text for message in Message.objects.filter(from_customer=True)] == ["👍 to “Is soy fine?”"]


def test_few_texts_look_our_words_up() -> None:
    """Our sent texts are loaded, by two SQL statements, only for a text that might quote one: with quotation marks,
    several lines, an order's code or "Fwd:". Most texts have none of these."""

    assert not any(map(may_quote, ("large oat latte please", "can I get a flat white?", "it's for Sam")))
