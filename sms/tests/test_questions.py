"""Questions by text about frequent topics, the contents of drinks, and the opening hours. A person gets all other
questions."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from orders.models import Order
from orders.tests import factory, sets
from sms.conversation.actions import CallPerson
from sms.conversation.sayings import Phrase
from sms.dry_run import Rehearsal
from sms.models import Conversation, FrequentQuestion
from sms.tests.texting import known, text
from stations.models import Event, Station

PASSED_ON = "I don't know that, sorry. I've passed your question on to the team; the baristas may know, too."


def replies(*texts: str) -> list[str]:
    rehearsal = Rehearsal(sets.menu("demo"), languages=("en", "de", "es", "fr"))
    return [rehearsal.text(each).reply for each in texts]


@pytest.fixture
def cafe(db: None) -> Station:
    return factory.cafe()


@pytest.fixture
def wifi(cafe: Station) -> Event:
    of_event = FrequentQuestion.objects.filter(event=cafe.event)
    of_event.create(event=cafe.event, words="wifi, wi-fi, internet password", answer="Network Guest, no password.")
    of_event.create(event=cafe.event, language="de", words="wifi, wlan", answer="Netz Guest, ohne Passwort.")
    return cafe.event


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("do you have wifi?", "Network Guest, no password."),
        ("wifi", "Network Guest, no password."),
        ("whats the internet password", "Network Guest, no password."),
        ("habt ihr hier WLAN?", "Netz Guest, ohne Passwort."),
        ("vous avez le wifi ?", "Network Guest, no password."),
    ],
)
def test_the_events_own_answer_is_given_in_the_language_asked(wifi: Event, said: str, answer: str) -> None:
    wifi.languages = ["en", "de", "fr"]
    wifi.save()
    talk = known(wifi)

    assert text(wifi, said) == answer

    talk.refresh_from_db()
    assert not talk.needs_person


@pytest.mark.django_db
def test_an_order_beside_a_question_is_taken_and_both_are_answered(wifi: Event) -> None:
    known(wifi)

    reply = text(wifi, "large latte, do you have wifi?")

    assert reply.startswith("Got it: large latte")
    assert "Network Guest, no password." in reply


@pytest.mark.django_db
def test_a_question_that_nothing_answers_goes_to_a_person_also_beside_an_order(cafe: Station) -> None:
    talk = known(cafe.event)

    assert text(cafe.event, "where are the toilets?") == PASSED_ON
    talk.refresh_from_db()
    assert talk.needs_person

    Conversation.objects.update(needs_person=False, needs_since=None)
    assert PASSED_ON in text(cafe.event, "a large mocha please, where are the toilets?")
    talk.refresh_from_db()
    assert (talk.needs_person, Order.objects.count()) == (True, 1)


@pytest.mark.django_db
def test_answers_cost_no_statement_until_one_is_asked_for_and_then_once(wifi: Event) -> None:
    known(wifi)
    text(wifi, "hi")
    with CaptureQueriesContext(connection) as ordinary:
        text(wifi, "haha")
    with CaptureQueriesContext(connection) as first:
        text(wifi, "wifi?")
    with CaptureQueriesContext(connection) as second:
        text(wifi, "wifi please?")

    assert len(first) == len(ordinary) + 1
    assert len(second) == len(ordinary)


@pytest.mark.django_db
def test_an_answer_that_was_changed_is_given_at_once(wifi: Event) -> None:
    known(wifi)
    text(wifi, "wifi?")

    FrequentQuestion.objects.get(language="").delete()

    assert text(wifi, "wifi?") == PASSED_ON


@pytest.mark.django_db
def test_until_when_orders_are_taken_is_told_in_the_events_zone(cafe: Station) -> None:
    Event.objects.update(time_zone="Asia/Tokyo", opens_at=dt.time(0), closes_at=dt.time(23, 59))
    known(cafe.event)

    assert text(cafe.event, "when do you close?") == "Yes, we're taking orders, until 23:59."


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("what's in a piccolo", "Piccolo: espresso, lots of milk."),
        ("how strong is the long black", "Long black: plenty of hot water, espresso."),
        ("is the flat white strong?", "Flat white: double espresso, lots of milk, milk foam."),
        ("is there sugar in the chai", "Chai latte: black tea, lots of milk, milk foam."),
        ("Was ist ein Cortado?", "Cortado: Espresso, Milch."),
        ("qu'est-ce qu'il y a dans un mocha ?", "Moka: chocolat, espresso, beaucoup de lait, mousse de lait."),
        ("¿qué lleva un mocha?", "Moca: chocolate, espresso, mucha leche, espuma de leche."),
        ("how many calories in a mocha", PASSED_ON),
        ("which beans do you use", PASSED_ON),
        ("can i bring my own cup", PASSED_ON),
        ("who is speaking next", PASSED_ON),
        ("are you vegan friendly", "Only these contain dairy: full cream, skim, lactose free, whipped cream. "
         "If it's an allergy, please tell the barista too."),
        ("where do i pay", PASSED_ON),
        # A drink with its options counts as one thing, so the reply to "do you have oat lattes?" is one sentence.
        ("do you have oat lattes?", "Yes, we have oat latte."),
        ("is there decaf coffee", "Yes, we have decaf filter coffee."),
        ("do you have extra hot mochas", "Yes, we have mocha, extra hot."),
        ("do you have oat or soy lattes?", "Yes, we have oat. Yes, we have soy. Yes, we have latte."),
        ("do you have oat and lattes and mochas?", "Yes, we have oat. Yes, we have latte. Yes, we have mocha."),
        ("do you have strong coffee", "Filter coffee doesn't come strong. Latte, cappuccino, flat white, mocha, "
         "espresso, long black, americano."),
        ("have you got weak tea?", "English breakfast tea doesn't come weak."),
        ("habt ihr Hafer Latte", "Ja, Latte, Hafermilch haben wir."),
        ("habt ihr starken Kaffee?", "Filterkaffee: stark geht da nicht. Latte, Cappuccino, Flat White, Mokka, "
         "Espresso, Long black, Americano."),
        ("vous faites des lattes à l'avoine ?", "Oui, nous avons latte, lait d'avoine."),
        ("hay café descafeinado?", "Si, tenemos café de filtro, descafeinado."),
        # The only fact on the menu is that filter coffee contains filter coffee. This is no answer, so a person is
        # asked.
        ("how strong is the coffee?", PASSED_ON),
    ],
)  # fmt: skip
def test_questions_are_answered_from_facts_alone(said: str, reply: str) -> None:
    assert replies(said) == [reply]


@pytest.mark.parametrize(
    "said",
    [
        # Questions about the event.
        *(
            "what time is the keynote",
            "what time is lunch?",
            "where is room 3",
            "who won the match",
            "where are you from",
        ),
        *("do you recycle", "why is it so loud here", "how do I get to the station", "can you fix my phone"),
        *("wann ist die Keynote?", "woher kommt ihr", "sind die Becher kompostierbar", "wo ist der Eingang"),
        *("à quelle heure est la keynote ?", "vous venez d'où", "où est la salle 3", "c'est encore loin ?"),
        *("a qué hora es la charla", "de dónde sois", "dónde está la sala 3", "por qué hay tanta gente"),
        # Questions about drinks and ingredients of the menu that its facts do not answer.
        *("is the milk organic?", "is the coffee fair trade?", "which coffee beans do you use?", "is the chai spicy"),
        *(
            "who makes the coffee",
            "why is the latte so expensive looking",
            "do you have ginger tea",
            "what's the best coffee",
        ),
        *("ist die Milch bio?", "welche Bohnen nehmt ihr?", "wer macht den Kaffee"),
        *("le lait est bio ?", "quels grains utilisez-vous ?", "qui fait le café"),
        *("¿la leche es ecológica?", "qué granos usáis", "quién hace el café"),
        # When the event has no hours, nobody knows when it closes.
        *("when do you close", "wann macht ihr zu?", "vous fermez quand ?", "cuándo cerráis"),
    ],
)
def test_a_question_that_no_fact_answers_goes_to_a_person(said: str) -> None:
    turn = Rehearsal(sets.menu("demo")).text(said).turn

    assert (turn.says, turn.act) == ((Phrase.PASSED_ON,), CallPerson())


@pytest.mark.parametrize("said", ["large latte. what time is the keynote?", "large latte, is the milk organic?"])
def test_such_a_question_beside_an_order_goes_to_a_person_too(said: str) -> None:
    turn = Rehearsal(sets.menu("demo")).text(said).turn

    assert (turn.says, turn.calls_person) == ((Phrase.PASSED_ON,), True)
    assert [item.drink for item in turn.reading.items] == ["Latte"]
    assert [choice.option for item in turn.reading.items for choice in item.choices] == ["Large"]


@pytest.mark.parametrize(
    "said",
    [
        "when you can",
        "what a lovely day",
        "cuando puedas",
        "quand vous pouvez",
        "can i add a muffin",
        "why not a latte",
    ],
)
def test_what_only_begins_like_a_question_goes_to_nobody(said: str) -> None:
    assert not isinstance(Rehearsal(sets.menu("demo")).text(said).turn.act, CallPerson)


@pytest.mark.parametrize("said", ["is the oat milk sold out?", "is the oat milk still available", "any oat milk left?"])
def test_whether_something_is_there_is_answered_from_the_stock(said: str) -> None:
    assert replies(said) == ["Yes, we have oat."]


def test_a_question_for_more_kinds_lists_those_of_the_menu() -> None:
    assert replies("do you have macadamia milk?")[0].startswith("Milk: full cream")


def test_what_is_in_it_means_the_order_and_in_a_mocha_the_mocha() -> None:
    assert replies("large latte", "Sam", "what's in it")[-1] == "Latte: espresso, lots of milk, milk foam."
    [both] = replies("large latte for Sam, what's in a mocha?")
    assert "large latte" in both
    assert both.endswith("Mocha: chocolate, espresso, lots of milk, milk foam.")


def test_a_group_without_an_option_is_asked_about_and_of_two_drinks_it_is_noted() -> None:
    assert replies("large latte with syrup", "vanilla") == [
        "What syrup for the large latte: vanilla, caramel or hazelnut?",
        "Got it: large latte, vanilla (A01), ready within 3 min. What name for the cup?",
    ]
    assert replies("large latte with syrup", "no thanks")[-1].startswith("Got it: large latte (A01)")
    [both] = replies("large latte and a large mocha with syrup")
    assert both.startswith("Got it: large latte, syrup; large mocha, syrup")


def test_a_further_drink_is_noted_while_a_question_stays_open() -> None:
    assert replies("latte", "and an espresso for Zoltan", "large")[1:] == [
        "Noted: espresso for Zoltan. What size for the latte: small, regular or large?",
        "Got it: large latte and espresso for Zoltan (A01), ready in 1-4 min. What name for the cup?",
    ]
    last = replies("large latte with syrup", "and an espresso", "vanilla")[-1]
    assert last.startswith("Got it: large latte, vanilla; espresso")


@pytest.mark.parametrize(
    "said", ["bye", "have a nice day", "see you", "no worries", "tschüss", "au revoir", "adiós", "I love you"]
)
def test_a_farewell_gets_a_word(said: str) -> None:
    last = replies("large latte", "Sam", said)[-1]

    assert last in ("You're welcome!", "Gern geschehen!", "Avec plaisir !", "De nada.")


@pytest.mark.parametrize("said", ["haha", "lol", "😂", "❤️", "wow", "mdr", "jajaja", "hihi", "..."])
def test_small_talk_gets_no_reply_and_a_question_stays_open(said: str) -> None:
    assert replies("large latte", "Sam", said)[-1] == ""
    assert replies("latte", said, "large")[1:] == [
        "What size for the latte: small, regular or large?",
        "Got it: large latte (A01), ready within 3 min. What name for the cup?",
    ]


def test_what_somebody_cannot_have_is_kept_whatever_it_is() -> None:
    assert replies("I'm allergic to eggs", "a large latte for Jo")[-1].startswith("Got it: large latte, I'm allergic")
    assert "allergisch gegen Eier" in replies("ich bin allergisch gegen Eier")[0]
    assert "soy alérgico a los huevos" in replies("large latte for Jo", "soy alérgico a los huevos")[-1]
    assert "soja" not in replies("large latte for Jo", "soy alérgico a los huevos")[-1]


@pytest.mark.parametrize(
    ("said", "drink"),
    [("ein großer filter kaffee", "Filterkaffee"), ("un café crème, petit", "latte, petit"), ("cafe creme, groß", "")],
)
def test_two_words_for_one_drink_are_one_cup_and_each_language_means_its_own(said: str, drink: str) -> None:
    [reply] = replies(said)

    assert drink in reply
    assert "2x" not in reply
    assert "crème fouettée" not in reply


@pytest.mark.django_db
def test_an_organizer_writes_the_answers_in_the_admin(admin_client: Client, admin_user: User, cafe: Station) -> None:
    fields = {"event": cafe.event.pk, "language": "", "words": "wifi ,  wi-fi,", "answer": "Network  “Guest”"}
    path = reverse("admin:sms_frequentquestion_add")

    assert b"No text holds" in admin_client.post(path, fields | {"words": "!!"}).content
    assert admin_client.post(path, fields).status_code == 302

    row = FrequentQuestion.objects.get()
    assert (row.words, row.answer) == ("wifi, wi-fi", 'Network "Guest"')


@pytest.mark.parametrize(
    ("question", "told"),
    [
        *(
            (question, "An order now would be ready within 3 min. You have no order open.")
            for question in ("what's the wait like?", "is there a queue", "hows the line", "how busy are you", "status")
        ),
    ],
)
def test_the_wait_is_told_before_anything_was_ordered(cafe: Station, question: str, told: str) -> None:
    assert text(cafe.event, question).startswith(told)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Ist viel los?", "Eine Bestellung wäre jetzt fertig in höchstens 3 min."),
        ("¿hay mucha cola?", "Un pedido ahora estaria listo en 3 min como mucho."),
        ("il y a beaucoup d'attente ?", "Une commande serait prete dans 3 min au plus."),
    ],
)
def test_the_wait_is_told_in_the_language_of_the_question(question: str, told: str) -> None:
    assert replies(question)[0].startswith(told)


def test_no_wait_is_told_where_nobody_takes_orders(cafe: Station) -> None:
    Station.objects.update(is_open=False)

    assert text(cafe.event, "how long is the wait?").startswith("You have no order open.")


def test_no_wait_is_told_while_the_event_is_closed(cafe: Station) -> None:
    Event.objects.update(paused_until=timezone.now() + dt.timedelta(minutes=10))

    assert "An order now" not in text(cafe.event, "how long is the wait?")
