"""Customers choose how to be notified about an order, by text or on the order's page."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from orders.models import Order
from sms.models import Subscription
from sms.replies.gsm7 import plain
from sms.tests import factory, texting
from sms.tests.choosing import ADDRESS, choose, text
from stations.models import Station

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_server(settings: Settings) -> None:
    settings.SENDS_MAIL = True


@pytest.fixture
def order(bar: Station) -> Order:
    """Create an order of a customer with a phone number."""
    return factory.order(bar, factory.conversation(bar), name="Sam")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("email me at sam@example.org", "OK: a mail to {} when it is ready, and a text only if that fails."),
        ("sam@example.org", "OK: a mail to {} when it is ready, and a text only if that fails."),
        ("mail mir an sam@example.org bitte", "OK: Mail an {}, wenn sie fertig ist, und SMS nur, falls das scheitert."),
        ("avísame a sam@latte.org por favor", "Vale: correo a {} cuando esté listo, y mensaje solo si eso falla."),
        ("écrivez-moi à sam@latte.fr", "D'accord : un mail à {} quand c'est prêt, et un SMS seulement en cas d'échec."),
    ],
)
def test_a_text_chooses_a_mailbox(bar: Station, order: Order, said: str, answer: str) -> None:
    bar.event.languages = ["en", "de", "es", "fr"]
    bar.event.save()

    address = next(word for word in said.split() if "@" in word)
    assert text(order, said) == plain(answer.format(address))

    [chosen] = Subscription.objects.all()
    assert (chosen.order, chosen.is_mailbox, chosen.is_first) == (order, True, True)
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    "texts",
    [
        ["large latte, mail sam@example.org"],
        ["latte please, email me at sam@example.org", "large"],
        ["small latte", "make it large and mail me: sam@example.org"],
    ],
    ids=["at once", "after a question", "with a change"],
)
def test_an_order_and_a_mailbox_in_one_text_are_both_taken(bar: Station, texts: list[str]) -> None:
    reply = [texting.text(bar.event, each) for each in texts][-1]

    assert "large latte" in reply
    assert "OK: a mail to sam@example.org when it is ready" in reply
    assert [(each.order, each.is_first) for each in Subscription.objects.all()] == [(Order.objects.get(), True)]


def test_an_order_with_an_address_is_taken_where_no_mail_is_sent(bar: Station, settings: Settings) -> None:
    settings.SENDS_MAIL = False

    reply = texting.text(bar.event, "large latte, mail sam@example.org")

    assert "Got it: large latte" in reply
    assert "I can't send mail, sorry." in reply
    assert not Subscription.objects.exists()


def test_another_mailbox_takes_the_place_of_the_first_and_a_text_ends_both(order: Order) -> None:
    text(order, "email me at sam@example.org")
    text(order, "no, to sam@example.net")
    [one] = Subscription.objects.all()

    back = text(order, "text me instead")

    assert one.endpoint == "mailto:sam@example.net"
    assert (back, Subscription.objects.count()) == ("OK, you get a text when it is ready.", 0)


@pytest.mark.parametrize(
    "said", ["push", "notify me by push", "push notification please", "per push bitte", "par push"]
)
def test_a_text_that_asks_for_push_gets_the_page_where_it_is_one_tap(order: Order, said: str) -> None:
    assert text(order, said).endswith(f"http://testserver/orders/{order.token}/")


@pytest.mark.parametrize("said", ["push it to 23:30", "text me the menu", "help"])
def test_a_text_that_says_something_else_chooses_nothing(order: Order, said: str) -> None:
    assert "a text when it is ready" not in text(order, said)
    assert not Subscription.objects.exists()


def test_without_a_mail_server_a_text_says_so(order: Order, settings: Settings) -> None:
    settings.SENDS_MAIL = False

    assert text(order, "email me at sam@example.org") == "I can't send mail, sorry. You get a text when it is ready."


def test_what_is_no_address_is_refused(order: Order) -> None:
    said = text(order, "email me at sam@-.org")

    assert said == "I can't mail to that address, sorry. You get a text when it is ready."
    assert not Subscription.objects.exists()


def test_a_page_says_which_way_was_chosen(order: Order) -> None:
    page = f"/orders/{order.token}/"
    before = Client().get(page).content.decode()
    choose(order, mail=ADDRESS)
    after = Client().get(page).content.decode()

    assert "You get a text when it is ready." in before
    assert "You get a text when it is ready." not in after
    assert "You are told in the way you chose, and by text if that fails." in after
