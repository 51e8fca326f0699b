"""Takes the options that a customer must avoid out of the order, and asks for other options in their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from orders.items import Item
from orders.parser import Question, options_refused, read
from sms.conversation.diet import (
    Diet,
    as_chosen,
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
    h: Heard, draft: OrderDraft, *, told: Iterable[str]
) -> tuple[OrderDraft, tuple[Question, Saying] | None]:
    """Return the draft without the options that the customer must avoid, by this text or an earlier one. Also return a
    question if a drink now lacks an option that it needs, such as a milk, else None.

    An option that the customer must avoid stays in two cases: it answers our question, or the customer named it again
    after it was left out. The reply then contains a warning."""
    if not h.state.diet:
        return draft, None
    diet = Diet(
        h.state.diet,
        options_refused(h.state.diet, h.menu, h.facts.language),
        insisted_on(h, draft, news=any(note in h.reading.note or note not in h.state.diet for note in told)),
        h.menu,
    )
    items = without_unfit(with_open_choices(h, draft, diet, told), diet)
    asked = to_ask_again(items, diet)
    if asked is None:
        return replace(draft, items=with_removers(items, diet.note, h.menu)), None
    alike = [
        each
        for each in items
        if (again := to_ask_again((each,), diet)) and (again.group, again.offers) == (asked.group, asked.offers)
    ]
    return replace(draft, items=items), (asked, AskOption(tuple(alike), asked.group, asked.offers))


def with_open_choices(h: Heard, draft: OrderDraft, diet: Diet, told: Iterable[str]) -> tuple[Item, ...]:
    """Return the items without the "no milk" that the parser reads in "I can't have dairy", so that the customer is
    asked which milk they want.

    In "large latte without milk, I can't have dairy" the "no milk" stays, because the customer also says it outright.
    To find out, the text is read again without the words about the diet (`told`)."""
    rest = h.text
    for note in told:
        rest = rest.replace(note, "")
    if rest == h.text:
        return draft.items
    before = draft.was or h.state.unfinished.items
    said = read(rest, h.menu, order=before, asked=h.state.asked, language=h.facts.language).items or before
    if len(said) != len(draft.items):
        return draft.items
    return tuple(as_chosen(item, other, diet) for item, other in zip(draft.items, said, strict=True))


def insisted_on(h: Heard, draft: OrderDraft, *, news: bool) -> set[tuple[str, str, str]]:
    """Return the options that stay in the order even if the diet forbids them, as triples (drink, group, option).

    These are the options with which this text answers our question, and those that the order had before this text. An
    option that was left out before ("no hazelnut") is among them: the customer was told, so naming it again is
    insisting. If this text states a new diet (`news`), only the answers count."""
    answered = h.state.asked.group if h.state.asks("option") and h.state.asked else ""
    open_items = h.state.unfinished.items
    had = [(item, choice) for item in (*draft.was, *open_items) if not news for choice in item.choices]
    # The answer can also add a drink. Its options do not count, because our question was not about this drink.
    answers = [(item, choice) for item in draft.items[: len(open_items)] for choice in in_group(item, answered)]
    return {(item.drink, choice.group, choice.option) for item, choice in (*had, *answers)}
