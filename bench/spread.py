"""SQL that varies the waits, cups and outcomes of stored orders as at a real bar. SQLite and PostgreSQL both understand
it.

All random values depend only on the order's number `n`, so every run stores the same orders."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random

#: A prime number. Squares of multiples of n modulo this prime are random enough, and the products fit into 64 bits.
_PRIME = 2_147_483_647
#: A factor for each random value, so that the values are independent of each other.
_FACTORS = {
    "waiting": 48_271,
    "making": 69_621,
    "collecting": 16_807,
    "quote": 39_373,
    "end": 742_938_285,
    "maker": 950_706_376,
    "channel": 1_226_874_159,
    "cup": 62_089_911,
}
#: Number of different cups (drinks with options). A few of them are ordered often, most of them seldom.
CUPS = 300
#: A cup as an order item stores it: primary key and name of the drink, and the chosen options as JSON.
Cup = tuple[int, str, str]


def chance(of: str) -> str:
    """Return an SQL expression for a pseudo-random whole number from 0 to 999.

    The number depends only on the row's number `n` and on `of`, a key of _FACTORS such as "making"."""
    factor = f"((CAST(n AS bigint) + 1) * {_FACTORS[of]} % {_PRIME})"
    return f"({factor} * {factor} % {_PRIME} % 1000)"


def _mostly_short(of: str, most: int) -> str:
    """Return an SQL expression for pseudo-random seconds from 0 to `most`. Half of them are below a quarter of
    `most`."""
    return f"({chance(of)} * {chance(of)} * {most} / 1000000)"


#: SQL conditions for outcomes: 2 % of the orders are cancelled before they are started, 2 % later, and 2 % are not
#: collected.
_UNSTARTED, CANCELLED, NOT_COLLECTED = (f"{chance('end')} < {limit}" for limit in (20, 40, 60))
#: SQL for the seconds from placing an order until it is started, until it is ready, and until it is closed.
STARTED = f"(20 + {_mostly_short('waiting', 900)})"
READY = f"({STARTED} + 60 + {chance('making')} / 6)"
CLOSED = (
    f"(CASE WHEN {CANCELLED} THEN {STARTED} + 30 WHEN {NOT_COLLECTED} THEN {READY} + 1800"
    f" ELSE {READY} + 15 + {_mostly_short('collecting', 600)} END)"
)
#: SQL for the start and end of the five minutes within which an order was promised. A quarter of the orders is ready
#: earlier, and an eighth later.
QUOTED_FROM = f"({READY} - 360 + {chance('quote')} / 2)"
QUOTED_TO = f"({QUOTED_FROM} + 300)"

STATUS = f"CASE WHEN {CANCELLED} THEN 'cancelled' WHEN {NOT_COLLECTED} THEN 'not_collected' ELSE 'collected' END"
#: SQL for the verb of an order's last event, and for the order's status before this event.
VERB = f"CASE WHEN {CANCELLED} THEN 'cancel' WHEN {NOT_COLLECTED} THEN 'not_collected' ELSE 'collect' END"
WAS = f"CASE WHEN {_UNSTARTED} THEN 'waiting' WHEN {CANCELLED} THEN 'making' ELSE 'ready' END"
#: SQL for an order's code. As at a bar, a code is used again after some thousands of orders.
CODE = "substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', CAST(1 + n / 90 % 26 AS int), 1) || CAST(10 + n % 90 AS text)"
CHANNEL = (
    f"CASE WHEN {chance('channel')} < 650 THEN 'sms' WHEN {chance('channel')} < 800 THEN 'whatsapp'"
    f" WHEN {chance('channel')} < 950 THEN 'web' ELSE 'kiosk' END"
)


def if_started(sql: str) -> str:
    return f"CASE WHEN {_UNSTARTED} THEN NULL ELSE {sql} END"


def if_ready(sql: str) -> str:
    return f"CASE WHEN {CANCELLED} THEN NULL ELSE {sql} END"


def maker(users: Sequence[int]) -> str:
    made_by = " ".join(f"WHEN {n} THEN {user}" for n, user in enumerate(users))
    return if_started(f"CASE {chance('maker')} % {len(users)} {made_by} END")


def cups(menu: Sequence[tuple[int, str, str, str]]) -> list[Cup]:
    """Choose random cups from the menu. Each row of `menu` has a drink's primary key and name, a group of its options,
    and one option of this group."""
    drinks: dict[tuple[int, str], dict[str, list[str]]] = {}
    for key, drink, group, option in menu:
        drinks.setdefault((key, drink), {}).setdefault(group, []).append(option)
    luck, found = Random(7), []
    for _ in range(CUPS):
        (key, drink), groups = luck.choice(list(drinks.items()))
        said = [(group, luck.choice(options)) for group, options in groups.items() if luck.random() < 0.4]
        choices = [{"group": group, "option": option, "amount": None} for group, option in said]
        found.append((key, drink, json.dumps(choices, ensure_ascii=False)))
    return found


def drawn(found: Sequence[Cup]) -> str:
    """Return the SQL of a join with a table "cup" (columns `key`, `name`, `choices`). A row's number `n` chooses its
    cup; cups at the start of `found` are chosen more often."""
    rows = " UNION ALL ".join(
        f"SELECT {place} AS place, {key} AS key, {_quoted(name)} AS name, {_quoted(choices)} AS choices"
        for place, (key, name, choices) in enumerate(found)
    )
    return f"JOIN ({rows}) AS cup ON cup.place = {_mostly_short('cup', len(found))}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
