"""In a shared order, a diet or an allergy is for the cups of the people whom the text names, or else for all cups."""

from __future__ import annotations

import pytest

from inventory.menu import Menu
from orders.tests import sets
from sms.conversation.diet import avoided, is_diet
from sms.tests.asking import replies

DEMO: Menu = sets.menu("demo")
TWO = "small latte for Ann and a cortado for Ben"


@pytest.mark.parametrize(
    ("texts", "reply"),
    [
        ([f"{TWO}, Ben has a dairy allergy"], "Noted: Ben has a dairy allergy. What milk for the cortado for Ben: oat"),
        ([f"{TWO}, dairy allergy for Ben"], "Noted: dairy allergy. What milk for the cortado for Ben: oat"),
        ([f"{TWO}, dairy allergy for Ann"], "Noted: dairy allergy. What milk for the small latte for Ann: oat"),
        ([f"{TWO}, for Ben without dairy"], "Noted: without dairy. What milk for the cortado for Ben: oat"),
        (
            ["small latte for Ann (no dairy) and a cortado for Ben"],
            "Noted: no dairy. What milk for the small latte for Ann: oat",
        ),
        (
            [f"{TWO} no dairy"],
            "Noted: no dairy. What milk for the small latte for Ann and cortado for Ben: oat",
        ),
        (
            ["2 small lattes for Tom and Eva, Eva is vegan"],
            "Noted: Eva is vegan. What milk for the small latte for Eva",
        ),
        ([TWO, "Ben is vegan"], "Noted: Ben is vegan. What milk for the cortado for Ben: oat"),
        ([TWO, "for Ben no dairy"], "Noted: no dairy. What milk for the cortado for Ben: oat"),
        ([TWO, "no dairy for ben"], "Noted: no dairy. What milk for the cortado for Ben: oat"),
        ([TWO, "Ben's has to be dairy free"], "Noted: Ben's has to be dairy free. What milk for the cortado for Ben"),
        (
            ["kleiner Latte für Jan und kleiner Mokka für Lea", "Lea verträgt keine Milch"],
            "Notiert: Lea verträgt keine Milch. Milch für Mokka, klein für Lea: Hafermilch",
        ),
        (
            ["un latte grande para Ana y un moca grande para Luis, Luis es alérgico a la leche"],
            "Anotado: Luis es alérgico a la leche. ¿Qué leche para moca, grande para Luis: leche de avena",
        ),
        (
            ["un petit latte pour Luc et un petit moka pour Inès, Inès est allergique au lait"],
            "C'est noté: Inès est allergique au lait. Lait pour moka, petit pour Inès: lait d'avoine",
        ),
        (
            ["un latte grande para Ana y un moca grande para Luis", "Luis es vegano"],
            "Anotado: Luis es vegano. ¿Qué leche para moca, grande para Luis: leche de avena",
        ),
        (
            ["2 small cappuccinos, one for Jim who is vegan and one for Pat"],
            "Noted: who is vegan. What milk for the",
        ),
        ([f"{TWO}, Ann and Ben are vegan", "oat"], "Got it: small oat latte for Ann, Ben are vegan; oat cortado for"),
        (
            [f"{TWO} and a small mocha for Cleo", "Ann, Ben and Cleo can't have dairy"],
            "Noted: Cleo can't have dairy. What milk for the small latte for Ann, cortado for Ben and small mocha for",
        ),
        ([f"{TWO}, dairy allergy"], "Noted: dairy allergy. What milk for the small latte for Ann and cortado for Ben"),
        (
            [f"{TWO} and I can't have dairy"],
            "Noted: I can't have dairy. What milk for the small latte for Ann and cortado for Ben",
        ),
        (
            ["small latte for May and a cortado for Ben, I may get hives from milk"],
            "Noted: I may get hives from milk. What milk for the small latte for May and cortado for Ben: oat",
        ),
        (
            [f"{TWO}, Ben says he is lactose intolerant"],
            "Noted: Ben says he is lactose intolerant. What milk for the cortado for Ben: oat",
        ),
        (
            ["a small latte and a cortado for Ben, Ben has a dairy allergy"],
            "Noted: Ben has a dairy allergy. What milk for the small latte and cortado: oat",
        ),
    ],
)
def test_milk_is_asked_about_for_the_cup_of_the_person_who_was_named(texts: list[str], reply: str) -> None:
    assert replies(*texts, menu=DEMO)[-1].startswith(reply)


@pytest.mark.parametrize(
    ("texts", "reply"),
    [
        (["Ben has a dairy allergy", "soy"], "small latte for Ann; soy cortado for Ben, Ben has a dairy allergy (A01)"),
        (
            ["Ben has a dairy allergy", "soy", "make Ann's large"],
            "large latte for Ann; soy cortado for Ben, Ben has a dairy allergy (A01)",
        ),
        (
            ["Ben has a dairy allergy", "soy", "add a small hot chocolate for Ben", "oat"],
            "soy cortado for Ben, Ben has a dairy allergy; small oat hot chocolate for Ben, Ben has a dairy allergy",
        ),
        (
            ["Ben has a nut allergy", "add hazelnut to Ann's"],
            "small latte, hazelnut for Ann; cortado for Ben, Ben has a nut allergy (A01)",
        ),
        (
            ["Ben has a dairy allergy. No nuts for me", "soy"],
            "soy cortado for Ben, Ben has a dairy allergy, No nuts (A01)",
        ),
        (
            ["no nuts", "Ben has a dairy allergy", "soy"],
            "small latte for Ann, no nuts; soy cortado for Ben, no nuts, Ben",
        ),
        (
            ["and Ben has a nut allergy, add hazelnut for Ann"],
            "small latte, hazelnut for Ann; cortado for Ben, Ben has a nut allergy (A01)",
        ),
        (
            ["Ben has a dairy allergy", "soy", "Ben has a dairy allergy, and make Ann's large"],
            "soy cortado for Ben, Ben has a dairy allergy (A01)",
        ),
        (["Ben has a dairy allergy", "soy", "separate order: a large latte"], "Got it: large latte (A02)"),
    ],
)
def test_diet_of_one_person_changes_no_other_cup_and_stands_on_each_cup_of_theirs(texts: list[str], reply: str) -> None:
    assert reply in replies(TWO, *texts, menu=DEMO)[-1]


def test_option_that_one_person_cannot_have_is_left_out_of_their_cup_only() -> None:
    said = "small hazelnut latte for Ann and a small hazelnut latte for Ben, Ann has a nut allergy"

    assert replies(said, menu=DEMO)[0].startswith(
        "Got it: small latte, no hazelnut for Ann, Ann has a nut allergy; small latte, hazelnut for Ben (A01)"
    )


def test_note_that_is_no_diet_stays_on_its_cup() -> None:
    reply = replies(
        "small latte with a splash of oat for Ben and a cortado for Ann", "add a small tea for Ben", menu=DEMO
    )

    assert "a splash of oat; cortado for Ann; small english breakfast tea for Ben (A01)" in reply[-1]


def test_size_is_answered_for_both_cups_if_only_one_person_has_an_allergy() -> None:
    reply = replies("latte for Ann and a mocha for Ben, Ann has a nut allergy", "large", menu=DEMO)[-1]

    assert reply.startswith("Got it: large latte for Ann, Ann has a nut allergy; large mocha for Ben (A01)")


def test_second_choice_beside_an_allergy_hides_no_allergen() -> None:
    assert is_diet("if no oat then soy, nut allergy")
    assert avoided("if no oat then soy, nut allergy") == ("nuts",)
    assert avoided("nut allergy; if no oat, soy") == ("nuts",)
    assert "no hazelnut" in replies("large hazelnut latte, nut allergy, if no oat then soy", menu=DEMO)[0]
