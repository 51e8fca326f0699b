"""Chooses the rule that handles a text, by the text's intent and by the question that was asked before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from inventory.menu import Menu
from orders.parser import Intent, Reading, Topic, read
from sms.conversation.actions import CallPerson, CheckWaits
from sms.conversation.answers import (
    accept_offer,
    ask_again,
    ask_name_again,
    confirm_cups,
    name_draft,
    name_given,
    no_name,
    without_name,
    without_option,
)
from sms.conversation.availability import not_ordered
from sms.conversation.barista_replies import PRIVATE, after_message, is_last, to_barista
from sms.conversation.diet import states_diet
from sms.conversation.facts import TO_MAKE, Facts, OpenOrder
from sms.conversation.feedback import after_pickup, rate_unclear, rating_or, take_rating
from sms.conversation.frequent_questions import ASKING, own_answer, with_order_beside
from sms.conversation.opt_out import come_back, forget_customer, leave, opt_word, tell_stored_data
from sms.conversation.ordering import (
    DIET_LENGTH,
    added,
    amend_order,
    cancel_orders,
    drop_draft,
    fill_draft,
    joined_notes,
    order_usual,
    take_order,
    undo_change,
)
from sms.conversation.pace import REPEATED, is_loop
from sms.conversation.quoted import is_reaction
from sms.conversation.sayings import (
    DraftExpired,
    OpenNow,
    OwnAnswer,
    Phrase,
    ShowAllergens,
    ShowAvailability,
    ShowContents,
    ShowMenu,
    ShowPrices,
    UnknownWords,
)
from sms.conversation.second_thoughts import wants_back
from sms.conversation.smalltalk import (
    ON_MENU,
    acknowledge,
    answer_question,
    asked_drinks,
    asked_group,
    call_person,
    chat,
    greet,
    help_,
    list_drinks,
    list_menu,
    say_unclear,
    tell_progress,
    thank,
)
from sms.conversation.spoken import folded_text, in_every_language, without_phrases
from sms.conversation.state import DIET_LASTS, ConversationState
from sms.conversation.taking_up import taken_up, with_told_drink
from sms.conversation.times import set_time
from sms.conversation.turn import Heard, Rule, Turn
from sms.conversation.ways import choose_way, way_asked, with_mail, without_ways


def respond(state: ConversationState, text: str, menu: Menu, facts: Facts) -> Turn:
    """Decide what to do about one text of a customer.

    The caller must have removed quotations of our own texts. Never raises."""
    pace = state.pace.after(text, facts.now.timestamp())
    turn = _respond(replace(state, pace=pace), text, menu, facts)
    if turn.reading.intent in PRIVATE:
        return turn
    if is_reaction(text) or is_loop(state.pace, pace, text, orders=bool(turn.reading.items)):
        return ignore(replace(state, pace=pace), facts)
    if pace.over_limit:
        says = (Phrase.TOO_MANY_TEXTS,) if pace.just_over else ()
        return Turn(turn.reading, None, says, replace(state, pace=pace), ignored=not says)
    return unstuck(state, turn, facts)


#: Intents of texts that often do not answer our question: "ok", "haha", and texts that were not understood.
EMPTY = frozenset({Intent.YES, Intent.NO, Intent.CHAT, Intent.THANKS, Intent.GREETING, Intent.UNCLEAR})


def unstuck(before: ConversationState, turn: Turn, facts: Facts) -> Turn:
    """Limit how often we repeat a reply to a customer whose texts do not answer our question.

    Two such texts in a row get the usual reply. At the third, a person is called if the text was not understood or an
    order is unfinished. Otherwise, and for all later texts, there is no reply. Only a later text that was not
    understood and has other words than the text before gets the usual reply."""
    state = turn.state
    as_before = replace(state, at=before.at, pace=before.pace, unserved=before.unserved, told=before.told)
    same = as_before == before and isinstance(turn.act, CheckWaits | None)
    if turn.reading.intent not in EMPTY or not same:
        return replace(turn, state=replace(state, pace=replace(state.pace, stuck=0)))
    pace = replace(state.pace, stuck=before.pace.stuck + 1)
    turn = replace(turn, state=replace(state, pace=pace))
    unclear = turn.reading.intent is Intent.UNCLEAR
    if pace.stuck <= REPEATED or (unclear and pace.same == 1 and pace.stuck > REPEATED + 1):
        return turn
    if pace.stuck == REPEATED + 1 and (unclear or state.draft):
        return replace(turn, act=CallPerson(), says=(Phrase.PERSON_CALLED,))
    return ignore(turn.state, facts)


def ignore(state: ConversationState, facts: Facts) -> Turn:
    """Return a decision without an action and without a reply.

    If a barista waits for the customer's answer, the barista still sees the text."""
    answers = facts.barista_message.order if facts.barista_message else None
    return Turn(Reading(Intent.UNCLEAR), None, (), state, answers=answers, ignored=True)


def _respond(state: ConversationState, text: str, menu: Menu, facts: Facts) -> Turn:
    rating_just_asked = facts.rating_asked is not None and facts.rating_asked.at > state.at
    just_written = is_last(facts.barista_message, state, facts)
    expired = None
    if state.has_lapsed(facts.now):
        expired = state.draft
        state = replace(state, draft=None, asked=None, offered=False, before=())
    if facts.now.timestamp() - state.at > DIET_LASTS.total_seconds():
        state = replace(state, diet="")
    state = after_pickup(state, facts)
    if facts.barista_message and just_written:
        state = after_message(state, facts.barista_message, menu, facts)
    words, order, context = as_read(state, text, menu, facts)
    told, state = state.told, replace(state, at=facts.now.timestamp(), told="")
    read_again: Callable[[str], Reading] = partial(read, menu=menu, **context)
    reading = with_order_beside(read_again(words), words, menu, facts, read_again)
    if told:
        reading = with_told_drink(reading, told, menu)
    if reading.time and not state.draft and added(context["order"], reading.items):
        # A drink that is wanted at another time of day cannot join the open order. Read the text again as a new order.
        reading = read(words, menu, asked=state.asked, language=facts.language)
    heard = Heard(text, reading, state, menu, facts, order, rating_just_asked, just_written)
    reading = replace(reading, intent=opt_word(heard) or (Intent.UNDO if wants_back(heard) else reading.intent))
    heard = replace(heard, reading=reading)
    heard = with_diet(heard)
    if drinks := asked_drinks(words, menu):
        heard = replace(heard, reading=Reading(Intent.MENU, language=reading.language))
    elif group := asked_group(words, menu):
        heard = replace(heard, reading=Reading(Intent.MENU, topics=(Topic("group", group),), language=reading.language))
    rule = partial(list_drinks, drinks=drinks) if drinks else TABLE[heard.reading.intent][state.stage]
    if reading.intent in ASKING and own_answer(heard):
        rule = answer_question
    if way := way_asked(heard):
        rule = partial(choose_way, act=way)
    turn = to_barista(heard, with_answer(heard, rule(heard)))
    turn = with_mail(heard, turn)
    turn = replace(turn, state=replace(turn.state, unserved=is_unserved(turn)))
    if expired and turn.act is None:
        turn = replace(turn, says=(DraftExpired(expired.items), *turn.says))
    return turn


def as_read(
    state: ConversationState, text: str, menu: Menu, facts: Facts
) -> tuple[str, OpenOrder | None, dict[str, Any]]:
    """Return the words for the parser to read, the open order that the text is about, and the parser's other arguments.

    What the conversation reads itself, such as an order's code and a mail address, is removed from these words."""
    order, words = order_meant(text, facts)
    if state.told:
        words = taken_up(words, state, menu)
    items = state.draft.items if state.draft else order.wanted if order else ()
    own_order = in_every_language("own_order")
    if order and not state.draft and own_order.search(folded_text(words)):
        # "As a separate order: a latte" must not change the open order, so this text is read as if no order were open.
        items, words = (), without_phrases(own_order, words).strip(" :,-") or words
    context = {
        "order": items,
        "asked": state.asked,
        "language": facts.language,
        "owner": order.own_name if order else "",
        "together": not (state.before or state.draft),
        "before": () if state.draft else state.before,
    }
    return without_ways(words), order, context


def with_diet(h: Heard) -> Heard:
    """Remember a diet or allergy from a text without an order: "I'm allergic to nuts, what's in the mocha?".

    If an order is open, treat the text as a change of this order, so that its cups get the note."""
    note = h.reading.note
    if h.reading.items or not states_diet(note, h.menu, h.facts.language):
        return h
    h = replace(h, state=replace(h.state, diet=joined_notes(h.state.diet, note)[:DIET_LENGTH]))
    if h.order is None or h.state.draft or h.reading.intent not in ASKING:
        return h
    return replace(h, reading=replace(h.reading, intent=Intent.CHANGE, items=h.order.wanted))


def is_unserved(turn: Turn) -> bool:
    """Return whether the text was a question, was not understood, or named something that is not on the menu."""
    return turn.reading.intent in ASKED_IN_VAIN or any(isinstance(each, UnknownWords) for each in turn.says)


def with_answer(h: Heard, turn: Turn) -> Turn:
    """If a text orders and also asks something ("large latte, do you have wifi?"), add the answer to the reply."""
    if h.reading.intent not in (Intent.ORDER, Intent.CHANGE, Intent.USUAL) or not h.reading.topics:
        return turn
    topics = h.reading.topics
    if all(topic.kind in ON_MENU for topic in topics) and not (topics := not_ordered(topics, h.reading.items)):
        return turn
    asked = replace(h, reading=replace(h.reading, topics=topics), state=replace(h.state, asked=None))
    answer = answer_question(asked)
    # Leave out answers about waiting times, because the reply to the order tells them.
    says = tuple(saying for saying in answer.says if isinstance(saying, BESIDE))
    # Remember what the answer was about, so that "add one of those" in the next text orders it.
    state = replace(turn.state, told=answer.state.told)
    return replace(turn, says=(*turn.says, *says), calls_person=Phrase.PASSED_ON in says, state=state)


def order_meant(text: str, facts: Facts) -> tuple[OpenOrder | None, str]:
    """Return the open order that the text is about, or None. Also return the text without the order's code.

    If the text has no code, take the latest order that can still be changed, or else the latest that is being made."""
    for open_order in facts.orders:
        code = re.compile(rf"#?\b{re.escape(open_order.code)}\b", re.IGNORECASE)
        if code.search(text):
            return open_order, code.sub(" ", text).strip() or "status"
    to_make = [each for each in facts.orders if each.status in TO_MAKE]
    changeable = [each for each in to_make if each.changeable]
    return next(reversed(changeable or to_make), None), text


#: If the last text had one of these intents, "never mind" refers to that text and cancels no order.
ASKED_IN_VAIN = frozenset({Intent.QUESTION, Intent.MENU, Intent.HELP, Intent.UNCLEAR})
#: If a text orders something and also asks a question, the reply confirms the order and answers the question with these
#: parts. Parts about waiting times are left out, because the confirmation has the waiting time.
BESIDE = (Phrase, OpenNow, OwnAnswer, ShowAllergens, ShowAvailability, ShowContents, ShowMenu, ShowPrices)

#: The rule for each intent (row) and each `Stage` (column). Rules for small talk repeat the open question.
#:                     idle              choosing          offered           naming            rating
TABLE: dict[Intent, tuple[Rule, Rule, Rule, Rule, Rule]] = {
    Intent.ORDER:     (take_order,       fill_draft,       fill_draft,       take_order,       rating_or(take_order)),
    Intent.CHANGE:    (amend_order,      fill_draft,       fill_draft,       amend_order,      rating_or(amend_order)),
    Intent.USUAL:     (order_usual,      order_usual,      order_usual,      order_usual,      order_usual),
    Intent.CANCEL:    (cancel_orders,    drop_draft,       drop_draft,       cancel_orders,    cancel_orders),
    Intent.NAME:      (name_given,       name_draft,       name_draft,       name_given,       name_given),
    Intent.YES:       (acknowledge,      confirm_cups,     accept_offer,     ask_name_again,   take_rating),
    Intent.NO:        (acknowledge,      without_option,   drop_draft,       without_name,     thank),
    Intent.UNDO:      (undo_change,      ask_again,        ask_again,        undo_change,      undo_change),
    Intent.TIME:      (set_time,         set_time,         set_time,         set_time,         set_time),
    Intent.UNCLEAR:   (say_unclear,      ask_again,        ask_again,        no_name,          rating_or(rate_unclear)),
    Intent.GREETING:  (greet,            greet,            greet,            greet,            greet),
    Intent.THANKS:    (thank,            thank,            thank,            thank,            rating_or(thank)),
    Intent.CHAT:      (chat,             chat,             chat,             chat,             rating_or(chat)),
    Intent.MENU:      (list_menu,        list_menu,        list_menu,        list_menu,        list_menu),
    Intent.QUESTION:  (answer_question,  answer_question,  answer_question,  answer_question,  answer_question),
    Intent.STATUS:    (tell_progress,    tell_progress,    tell_progress,    tell_progress,    tell_progress),
    Intent.HELP:      (help_,            help_,            help_,            help_,            help_),
    Intent.SUPPORT:   (call_person,      call_person,      call_person,      call_person,      rating_or(call_person)),
    Intent.STOP:      (leave,            leave,            leave,            leave,            leave),
    Intent.START:     (come_back,        come_back,        come_back,        come_back,        come_back),
    Intent.FORGET:    (forget_customer,  forget_customer,  forget_customer,  forget_customer,  forget_customer),
    Intent.MY_DATA:   (tell_stored_data, tell_stored_data, tell_stored_data, tell_stored_data, tell_stored_data),
}  # fmt: skip


def language_after(reading: Reading, facts: Facts) -> str | None:
    """Return the language of the text if the event answers in it, else the customer's language from earlier texts."""
    return reading.language if reading.language in facts.languages else facts.language
