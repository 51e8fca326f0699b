"""`explain` tells what each stage of the parser found, and shows each word of a text in some stage."""

from __future__ import annotations

import random
from collections import Counter

from orders.parser import explain, read
from orders.parser.explain import Explanation
from orders.parser.words import clean
from orders.tests import sets

DEMO = sets.menu("demo")
#: How many texts of the sets are explained, and the seed of the random choice.
TEXTS, SEED = 300, 11


def letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, text))


def shown(found: Explanation) -> str:
    """Return all words that the stages show. Words that two stages show are counted once."""
    typed = [said.text for said in found.ways[0].said if not said.text.startswith("(")]
    clocks = [note for note in found.notes if ":" in note]
    return " ".join((*typed, *found.time, *found.skipped, *clocks))


def test_every_word_of_a_text_is_shown_in_a_stage() -> None:
    singles = [(name, entry["text"]) for name, entry in sets.messages() if "after" not in entry]
    chosen = random.Random(SEED).sample(singles, TEXTS)

    lost = {
        text: missing
        for name, text in chosen
        if (missing := letters(clean(text, with_list_numbers=True)) - letters(shown(explain(text, sets.menu(name)))))
    }

    assert lost == {}


def test_words_that_a_step_leaves_out_are_shown() -> None:
    found = explain("3 cappuccinos, one large, two small, on the large one cinnamon", DEMO)

    assert "on" in [said.text for said in found.ways[0].said]


def test_words_after_the_most_that_are_read_are_shown_as_not_read() -> None:
    found = explain("large latte " + "very " * 130 + "late", DEMO)

    assert found.skipped[-1].endswith("very late")


def test_the_signature_of_a_mail_is_shown_as_not_read() -> None:
    found = explain("large latte\nSent from my phone", DEMO)

    assert (found.words, found.skipped) == (("large", "latte"), ("Sent from my phone",))


def test_the_interpretation_with_the_lowest_cost_comes_first_and_is_the_one_that_was_read() -> None:
    found = explain("lage lattte with unicorn dust", sets.menu("coffee"))

    costs = [way.cost for way in found.ways]
    assert costs == sorted(costs)
    assert [(said.text, said.means, said.corrected) for said in found.ways[0].said[:2]] == [
        ("lage", ("Size: Large",), "large"),
        ("lattte", ("Latte",), "latte"),
    ]
    assert found.unknown == found.reading.unknown == ("unicorn dust",)


def test_the_reading_is_that_of_every_other_text() -> None:
    text = "I can't have dairy, two lattes, one with oat, 60 degrees at 11am for Mia"

    assert explain(text, DEMO).reading == read(text, DEMO)


def test_each_stage_tells_what_it_took_out() -> None:
    found = explain("I can't have dairy, two lattes, one with oat, 60 degrees at 11am for Mia", DEMO)

    assert found.time == ("at 11am",)
    assert found.notes == ("60 degrees", "I can't have dairy")
    assert found.names == (("for Mia", "Mia"),)
    assert [(said.text, said.means) for said in found.avoided] == [("dairy", ("Milk: Full cream",))]
    assert [(clause.count, clause.drinks, clause.options) for clause in found.clauses] == [
        (2, ("Latte",), ()),
        (1, (), ((("Milk: Oat",), None),)),
    ]


def test_refusals_are_told_with_their_words() -> None:
    found = explain("latte, hold the foam, no mocha, flurp the sugar", DEMO)

    assert [said.text for said in found.refused] == ["hold the foam", "no mocha"]
    assert (found.doubtful, found.notes) == (("flurp the sugar",), ())


def test_words_that_are_one_thing_are_joined() -> None:
    found = explain("latte with macadamia milk", DEMO)

    assert [(one.parts, one.whole.text) for one in found.joined] == [(("macadamia", "milk"), "macadamia milk")]


def test_a_question_beside_an_order_is_told_apart_from_the_order() -> None:
    found = explain("large latte, do you have wifi?", DEMO)

    assert found.beside == ("do you have wifi?",)


def test_a_text_that_orders_nothing_has_only_its_words() -> None:
    found = explain("thanks a lot", DEMO)

    assert (" ".join(said.text for said in found.ways[0].said), found.clauses) == ("thanks a lot", ())
