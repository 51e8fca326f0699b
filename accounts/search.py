"""Finds rows by encrypted values: phone numbers by their hashes, other values by decrypting the newest rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from django.db.models import ExpressionWrapper, F, Model, Q, QuerySet, TextField

from accounts import encryption
from accounts.models import USER_ID

#: Maximum number of rows that one search decrypts, which takes 0.02 to 0.05 s for each field. Older rows need no
#: search, because names and texts are deleted some days after an event.
MOST = 10_000


def containing(rows: QuerySet[Any], fields: Sequence[str], words: Sequence[str]) -> dict[str, set[int]]:
    """Return, for each word, the primary keys of the rows that contain the word in any of the fields. Case is
    ignored."""
    given = Q()
    for field in fields:
        given |= Q(**{f"{field}__isnull": False}) & ~Q(**{field: ""})
    found: dict[str, set[int]] = {word: set() for word in words}
    if not words or not fields:
        return found
    # Read the columns as text, without the model field's decryption: that would look up the keys again for each value.
    stored = {f"stored_{n}": ExpressionWrapper(F(field), TextField()) for n, field in enumerate(fields)}
    newest = rows.filter(given).order_by("-pk").annotate(**stored).values_list("pk", *stored)[:MOST]
    keys = encryption.keys()
    for pk, *values in newest:
        text = "\n".join(encryption.decrypt(value, among=keys) for value in values if value).casefold()
        for word in words:
            if word.casefold() in text:
                found[word].add(pk)
    return found


def reached_by(model: type[Model], path: str, condition: Q) -> Q:
    """Return a condition for rows of `model`: the row to which the Django lookup `path` leads must meet `condition`.

    `path` is, for example, "order__"; "" stands for the row itself. The related rows are looked up first, at most
    `MOST`, and the returned condition lists their primary keys. With a join instead, and an OR with other conditions,
    PostgreSQL would read both tables completely."""
    step, _, rest = path.partition("__")
    if not step:
        return condition
    related = cast("type[Model]", model._meta.get_field(step).related_model)
    rows = related._base_manager.filter(reached_by(related, rest, condition)).order_by("-pk")
    return Q(**{f"{step}__in": list(rows.values_list("pk", flat=True)[:MOST])})


def among_newest(rows: QuerySet[Any], condition: Q) -> Q:
    """Return the condition, limited to the newest `MOST` rows. No index helps with the condition, so without the limit
    the database would read all rows."""
    oldest = list(rows.order_by("-pk").values_list("pk", flat=True)[MOST : MOST + 1])
    return condition & Q(pk__gt=oldest[0]) if oldest else condition


def phone_is(path: str, word: str) -> Q:
    """Return the condition that a customer's phone number is the typed word. A word of four digits, such as "0123",
    finds all numbers that end in these digits.

    `path` is the Django lookup that leads from a row to its customer, such as "customer__"."""
    if re.fullmatch(USER_ID, word):
        return Q(**{f"{path}phone_hash__in": encryption.lookup_hashes(word)})
    number = re.sub(r"[^\d+]", "", word)
    if len(number) == 4:
        return Q(**{f"{path}phone_end_hash__in": encryption.lookup_hashes(number)})
    if len(number) < 7:
        return Q(pk__in=[])
    return Q(**{f"{path}phone_hash__in": encryption.lookup_hashes(f"+{number.lstrip('+')}")})
