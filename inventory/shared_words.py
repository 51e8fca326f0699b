"""Checks that no two drinks, and no two options of a group, have a word in common. A text with it would be
ambiguous."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from inventory.models import Drink, Option


def refuse_without_letters(name: str) -> None:
    """Raise ValidationError for a name without a letter or digit, such as brackets, because no text could contain
    it."""
    if not any(char.isalnum() for char in name):
        raise ValidationError(
            _("“%(name)s” has no letter and no digit; write it as customers do."), params={"name": name}
        )


def words_of(row: Drink | Option) -> set[str]:
    return words_in({"name": row.name, "aliases": row.aliases, "translations": row.translations})


def refuse_words_of_others(row: Drink | Option) -> None:
    """Raise ValidationError if another drink, or another option of the group, has one of the row's words. Skip retired
    rows."""
    if row.retired_at is not None:
        return
    rows: Any = (
        Drink.objects.filter(event=row.event_id)
        if isinstance(row, Drink)
        else Option.objects.filter(group=row.group_id)
    )
    others = rows.filter(retired_at=None).exclude(pk=row.pk)
    mine = {"name": row.name, "aliases": row.aliases, "translations": row.translations}
    refuse_shared_words(mine, [(other.name, words_of(other)) for other in others])


def refuse_shared_words(mine: Mapping[str, Any], others: Iterable[tuple[str, set[str]]]) -> None:
    words = words_in(mine)
    for name, theirs in others:
        if shared := words & theirs:
            raise ValidationError(
                _("“%(word)s” already means %(name)s; a customer's word can stand for one thing only."),
                params={"word": min(shared), "name": name},
            )


def words_in(values: Mapping[str, Any]) -> set[str]:
    translations = (values.get("translations") or {}).values()
    words = [values["name"], *(values.get("aliases") or []), *(word for group in translations for word in group)]
    return {word.casefold() for word in words}
