"""Short codes to call out: a letter and two digits, such as K07.

The letters sound different from each other in a noisy room; O, I and Q are left out because they look like digits."""

from __future__ import annotations

from collections.abc import Set

LETTERS = "ACEFHJKLMNPRTUWXY"
COUNT = len(LETTERS) * 99


def is_code(text: str) -> bool:
    return len(text) == 3 and text[0] in LETTERS and text[1:].isascii() and text[1:].isdigit()


def code_of(number: int) -> str:
    """The code of the event's n-th order, from 1; after 1,683 orders the codes start again."""
    letter, digits = divmod((number - 1) % COUNT, 99)
    return f"{LETTERS[letter]}{digits + 1:02}"


def next_free(number: int, taken: Set[str]) -> int | None:
    """The first number from `number` on whose code is not taken; None if every code is."""
    return next((each for each in range(number, number + COUNT) if code_of(each) not in taken), None)
