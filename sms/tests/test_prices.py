"""Questions about prices are answered with the menu's prices. A question about how to pay goes to a person, unless the
event is paid online."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inventory.menu import Menu
from orders.tests import factory, sets
from sms.conversation.sayings import Phrase
from sms.dry_run import Rehearsal
from sms.tests.texting import known, text

PASSED_ON = "I don't know that, sorry. I've passed your question on to the team; the baristas may know, too."
NO_PRICE = "I don't know about prices, sorry. The baristas do."
DRINKS = {"Latte": 350, "Mocha": 400, "Piccolo": 300, "English breakfast tea": 250}
OPTIONS = {"Oat": 50, "Soy": 50, "Large": 60, "Vanilla": 70}


def with_prices(menu: Menu, drinks: dict[str, int]) -> Menu:
    """Return the menu with these drinks only, and with prices."""
    groups = (
        replace(group, options=tuple(replace(each, price=OPTIONS.get(each.name, 0)) for each in group.options))
        for group in menu.groups
    )
    priced = tuple(replace(each, price=drinks[each.name]) for each in menu.drinks if each.name in drinks)
    return replace(menu, drinks=priced, groups=tuple(groups))


def last_reply(*texts: str, drinks: dict[str, int] = DRINKS) -> str:
    talk = Rehearsal(with_prices(sets.menu("demo"), drinks), languages=("en", "de", "es", "fr"))
    return [talk.text(each).reply for each in texts][-1]


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("how much is a latte?", "Latte: from 3.50 EUR."),
        ("how much is a large oat latte", "Large oat latte: 4.60 EUR."),
        ("what does a piccolo cost", "Piccolo: 3.00 EUR."),
        ("how much is oat milk extra?", "Oat: +0.50 EUR."),
        ("what does whipped cream cost", "Whipped cream: at no extra cost."),
        ("how much do you charge for a syrup", "Vanilla: +0.70 EUR. Caramel: at no extra cost."),
        ("how much are two piccolos and a large latte?", "Piccolo: 3.00 EUR. Latte: from 3.50 EUR. Large: +0.60 EUR."),
        ("how much is a piccolo with oat or soy", "Piccolo: 3.00 EUR. Oat: +0.50 EUR. Soy: +0.50 EUR."),
        ("what's the cheapest coffee?", "Piccolo: 3.00 EUR. Latte: from 3.50 EUR. Mocha: from 4.00 EUR."),
        ("was kostet ein latte?", "Latte: ab 3.50 EUR."),
        ("kostet Hafermilch extra?", "Hafermilch: +0.50 EUR."),
        ("combien pour un piccolo", "Piccolo: 3.00 EUR."),
        ("le lait d'avoine coûte plus cher ?", "Lait d'avoine: +0.50 EUR."),
        ("¿cuánto cuesta un piccolo?", "Piccolo: 3.00 EUR."),
        ("precio del latte grande con avena", "Latte, grande, leche de avena: 4.60 EUR."),
    ],
)
def test_a_price_of_the_menu_is_told(said: str, reply: str) -> None:
    assert last_reply(said).startswith(reply)


@pytest.mark.parametrize("said", ["what are your prices?", "prices", "Preise?", "les prix ?", "qué precios tenéis"])
def test_all_prices_are_told_from_the_lowest_to_the_highest(said: str) -> None:
    told = last_reply(said)

    amounts = ["2.50 EUR", "3.00 EUR", "3.50 EUR", "4.00 EUR"]
    assert [told.index(amount) for amount in amounts] == sorted(told.index(amount) for amount in amounts)


def test_prices_of_a_menu_that_is_too_long_for_a_text_are_told_as_a_range() -> None:
    menu = sets.menu("demo")
    drinks = (replace(each, name=f"{each.name} of the day") for each in menu.drinks)
    named = replace(menu, drinks=tuple(drinks))
    prices = {drink.name: 200 + 10 * place for place, drink in enumerate(named.drinks)}
    talk = Rehearsal(with_prices(named, prices))

    assert talk.text("prices?").reply == "Prices go from 2.00 EUR to 4.20 EUR. Ask me about any drink."


def test_a_drink_without_a_price_on_a_menu_with_prices_is_free() -> None:
    assert last_reply("is the piccolo free?", drinks=DRINKS | {"Piccolo": 0}) == "Piccolo: free."


def test_a_menu_without_prices_tells_none() -> None:
    assert last_reply("how much is a latte?", drinks=dict.fromkeys(DRINKS, 0)) == NO_PRICE


def test_the_price_of_an_order_is_told_with_its_sum() -> None:
    ordered = ("large latte and two piccolos", "Sam", "how much do I owe you?")

    assert last_reply(*ordered) == "Large latte: 4.10 EUR. 2x piccolo: 6.00 EUR. Together 10.10 EUR."
    assert "Piccolo: 3.00 EUR." in last_reply("a piccolo, how much is that?")
    assert last_reply("a latte", "how much is that?").startswith("Latte: from 3.50 EUR. What size")


@pytest.mark.parametrize(
    "said",
    [
        *(
            "where do I pay",
            "can i pay cash",
            "can I pay by card?",
            "do you take cards",
            "how do I pay?",
            "cash or card?",
        ),
        *("wo zahle ich?", "kann ich bar zahlen", "nehmt ihr Karten", "wie kann ich bezahlen", "mit Karte?"),
        *("où est-ce que je paie ?", "vous prenez la carte ?", "on paie comment", "par carte ?"),
        *("dónde pago?", "puedo pagar en efectivo", "aceptan tarjeta?", "cómo se paga"),
    ],
)
def test_how_to_pay_is_asked_of_a_person_unless_the_event_is_paid_online(said: str) -> None:
    at_the_bar, online = Rehearsal(sets.menu("demo")), Rehearsal(sets.menu("demo"))
    online.facts = replace(online.facts, pays_online=lambda: True)

    assert at_the_bar.text(said).reply == PASSED_ON
    assert online.text(said).turn.says == (Phrase.PAY_ONLINE,)


@pytest.mark.django_db
def test_how_to_pay_beside_an_order_alerts_the_team() -> None:
    event = factory.cafe().event
    talk = known(event)

    reply = text(event, "large latte, can I pay by card?")

    talk.refresh_from_db()
    assert reply.startswith("Got it: large latte")
    assert PASSED_ON in reply
    assert talk.needs_person


@pytest.mark.django_db
def test_prices_are_told_in_the_events_currency() -> None:
    cafe = factory.cafe()
    cafe.event.currency = "CHF"
    cafe.event.save()
    cafe.event.drinks.filter(name="Latte").update(price=350)
    cafe.event.save()
    known(cafe.event)

    assert "CHF" in text(cafe.event, "how much is a latte?")
