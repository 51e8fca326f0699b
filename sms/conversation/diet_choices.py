"""Takes the options that a customer must avoid out of the order, and asks for other options in their place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from orders.items import Item
from orders.parser import Question, options_refused, read
from sms.conversation.diet import (
    Diet,
    as_chosen,
    parts_of_note,
    question_about,
    to_ask_again,
    with_removers,
    without_unfit,
)
from sms.conversation.options import in_group
from sms.conversation.sayings import AskOption, Saying
from sms.conversation.state import OrderDraft
from sms.conversation.turn import Heard


def diet_question(h: Heard, draft: OrderDraft) -> tuple[Question, Saying] | None:
    """Return a question for another option, if the customer must avoid the default option, such as cow's milk.

    Return None if there is nothing to ask."""
    asked = question_about(draft.items, h.state.diet, h.menu)
    if asked is None:
        return None
    return asked, AskOption((draft.items[asked.item],), asked.group, asked.offers)


def fit_for_diet(
    h: Heard, draft: OrderDraft, *, told: Sequence[str], news: bool
) -> tuple[OrderDraft, tuple[Question, Saying] | None]:
    """Remove the options that the customer must avoid from the draft. Return the draft, and a question if a drink now
    lacks an option that it needs, such as a milk, else None.

    `told` are the notes that state a diet; `news` is True if one of them is new. An option that the customer must avoid
    stays in the draft if it answers our question, or if the customer names it again after we left it out. The reply
    then contains a warning."""
    if not (h.state.diet or told):
        return draft, None
    diets = diets_of(h, draft, told, insisted_on(h, draft, news=news))
    chosen = with_open_choices(h, draft, diets, told)
    items = tuple(without_unfit(item, diet) for item, diet in zip(chosen, diets, strict=True))
    asked = to_ask_again(items, diets)
    if asked is None:
        return replace(draft, items=with_removers(items, h.state.diet, h.menu)), None
    alike = [
        item
        for item, diet in zip(items, diets, strict=True)
        if (again := to_ask_again((item,), (diet,))) and (again.group, again.offers) == (asked.group, asked.offers)
    ]
    return replace(draft, items=items), (asked, AskOption(tuple(alike), asked.group, asked.offers))


def diets_of(
    h: Heard, draft: OrderDraft, told: Collection[str], kept: Collection[tuple[str, str, str]]
) -> tuple[Diet, ...]:
    """Return for each cup what it must not contain: by the diet of the customer, and by the cup's own note ("Ben is
    allergic to nuts").

    `told` are the notes of the text that state a diet or an allergy. `kept` are options that the customer wants
    although the diet forbids them, as triples (drink, group, option)."""
    refused = {note: options_refused(note, h.menu, h.facts.language) for note in {h.state.diet, *told}}
    return tuple(
        Diet("; ".join(notes), frozenset().union(*(refused[note] for note in notes)), kept, h.menu)
        for item in draft.items
        for notes in [(h.state.diet, *(note for note in told if note in item.note))]
    )


def with_open_choices(h: Heard, draft: OrderDraft, diets: Iterable[Diet], told: Iterable[str]) -> tuple[Item, ...]:
    """Return the items without the "no milk" that the parser reads in "I can't have dairy". The milk is then still
    open, so the customer is asked for it.

    In "large latte without milk, I can't have dairy" the customer also refuses milk outright, so "no milk" stays. To
    tell both apart, the text is read again without its words about the diet (`told`)."""
    rest = h.text
    for part in (part for note in told for part in parts_of_note(note)):
        rest = rest.replace(part, "")
    if rest == h.text:
        return draft.items
    before = draft.was or h.state.unfinished.items
    said = read(rest, h.menu, order=before, asked=h.state.asked, language=h.facts.language).items or before
    if len(said) != len(draft.items):
        return draft.items
    return tuple(as_chosen(item, other, diet) for item, other, diet in zip(draft.items, said, diets, strict=True))


def insisted_on(h: Heard, draft: OrderDraft, *, news: bool) -> set[tuple[str, str, str]]:
    """Return the options that stay in the order although the diet forbids them, as triples (drink, group, option).

    These are the options by which this text answers our question, and the options that the order had before this text.
    A removed option counts too, because the order has it as "no hazelnut": a customer who names hazelnut again insists
    on it. If this text states a new diet (`news`), only the answers count."""
    answered = h.state.asked.group if h.state.asks("option") and h.state.asked else ""
    open_items = h.state.unfinished.items
    had = [(item, choice) for item in (*draft.was, *open_items) if not news for choice in item.choices]
    # The answer can also add a drink. Its options do not count, because our question was not about this drink.
    answers = [(item, choice) for item in draft.items[: len(open_items)] for choice in in_group(item, answered)]
    return {(item.drink, choice.group, choice.option) for item, choice in (*had, *answers)}
