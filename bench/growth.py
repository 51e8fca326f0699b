"""Measures the time of texts and staff pages while the database grows from no stored orders to a million.

Minutes pass between the measurements of two sizes, and the machine's speed can change in this time. So at each size a
second database without stored orders is measured too, alternately and with the same texts. The ratio of both results
says what the size costs.

The stored orders are copies of the known customers' first orders, for up to 200 000 customers. They are spread over the
days before the measurement. Each has an item, two rows of OrderEvent, the customer's text, and our "ready" text.
Waits, cups and outcomes vary as at a real bar (`bench.spread`), because the reports' views would group equal copies
into a few rows."""

from __future__ import annotations

from statistics import median
from typing import Any

from bench import spread
from bench.ground import Ground, cpu_seconds
from bench.texts import KNOWN

SIZES = (0, 10_000, 200_000, 1_000_000)
CUSTOMERS = 200_000
ROUNDS = 3
#: Rows of the measured texts get primary keys from this number on. Stored copies are older, so they get lower keys.
FIRST_KEY = 10_000_001
#: The tables to which rows are added.
TABLES = (
    "accounts_customer",
    "sms_conversation",
    "orders_order",
    "orders_orderitem",
    "orders_orderevent",
    "sms_inboundmessage",
    "sms_outboundmessage",
)

#: _RANDOM is SQL for a random word. _MOMENT is SQL for the time `seconds` after the n-th stored order was placed; these
#: orders were placed 30 seconds apart. The key is True for PostgreSQL and False for SQLite.
_RANDOM = {True: "md5(random()::text || n)", False: "lower(hex(randomblob(16)))"}
_MOMENT = {
    True: "CURRENT_TIMESTAMP - INTERVAL '3 hours' - n * INTERVAL '30 seconds' + {seconds} * INTERVAL '1 second'",
    False: "datetime('now', '-3 hours', '-' || (n * 30) || ' seconds', {seconds} || ' seconds')",
}
_MENU = """
SELECT drink.id, drink.name, of_group.name, choice.name FROM inventory_drink AS drink
JOIN inventory_drink_groups AS has ON has.drink_id = drink.id
JOIN inventory_optiongroup AS of_group ON of_group.id = has.optiongroup_id
JOIN inventory_option AS choice ON choice.group_id = of_group.id
WHERE drink.event_id = {event} ORDER BY drink.id, of_group.id, choice.id"""


def growing(ground: Ground, *, sizes: tuple[int, ...], server: int) -> list[dict[str, Any]]:
    """Add stored orders to the measured deployment in steps, and measure after each. `server` is PostgreSQL's process
    id, or 0."""
    found, stored = [], 0
    with ground.copy("empty") as empty:
        for n, size in enumerate(sizes):
            if size > stored:
                store_orders(ground, stored, size)
                stored = size
            rounds: dict[str, list[dict[str, Any]]] = {"grown": [], "empty": []}
            for each in range(ROUNDS):
                # In every second round, measure the empty copy first, so that a slowing machine favours neither copy.
                pair = [("grown", ground), ("empty", empty)]
                for name, one in pair[:: -1 if each % 2 else 1]:
                    rounds[name].append(measured(one, ROUNDS * n + each, server))
            found.append({"orders": size} | _median(rounds["grown"]) | {"empty": _median(rounds["empty"])})
    return found


def measured(ground: Ground, turn: int, server: int) -> dict[str, Any]:
    """Measure texts and pages.

    `turn` decides which phone numbers the texts are sent from. It must be another one for each measurement, because
    half of these phone numbers must never have texted before."""
    before = cpu_seconds(server) if server else 0.0
    figures: dict[str, Any] = ground.python("bench.grown", str(turn))
    return {"database_cpu_s": cpu_seconds(server) - before if server else 0.0} | figures


def _median(rounds: list[Any]) -> Any:
    if isinstance(rounds[0], dict):
        return {name: _median([each[name] for each in rounds]) for name in rounds[0]}
    return median(rounds)


def store_orders(ground: Ground, first: int, last: int) -> None:
    """Add the stored orders with the numbers from `first` up to `last` - 1."""
    postgres = bool(ground.database_url)
    random = _RANDOM[postgres]

    def moment(seconds: str = "0") -> str:
        return _MOMENT[postgres].format(seconds=seconds)

    [(event,)] = ground.execute(f"SELECT event_id FROM orders_order WHERE id >= {FIRST_KEY} LIMIT 1")
    first_orders = f"(SELECT id FROM orders_order WHERE id >= {FIRST_KEY} ORDER BY id LIMIT {len(KNOWN)})"
    customers = f"(SELECT customer_id FROM orders_order WHERE id IN {first_orders})"
    users = [user for (user,) in ground.execute("SELECT id FROM accounts_user ORDER BY id")]
    row = f"{FIRST_KEY - 1} - n"
    new = (min(first, CUSTOMERS), min(last, CUSTOMERS))
    whose = f"{FIRST_KEY - 1} - n % {min(last, CUSTOMERS)}"
    copies = [
        (
            "accounts_customer",
            f"id IN {customers}",
            new,
            {"id": row, "phone_hash": random, "phone_end_hash": random},
        ),
        (
            "sms_conversation",
            f"customer_id IN {customers}",
            new,
            {"id": row, "customer_id": row, "last_text_at": moment()},
        ),
        (
            "orders_order",
            f"id IN {first_orders}",
            (first, last),
            {
                "id": row,
                "customer_id": whose,
                "token": random,
                "code": spread.CODE,
                "placed_at": moment(),
                "started_at": spread.if_started(moment(spread.STARTED)),
                "ready_at": spread.if_ready(moment(spread.READY)),
                "closed_at": moment(spread.CLOSED),
                "quoted_from": moment(spread.QUOTED_FROM),
                "quoted_to": moment(spread.QUOTED_TO),
                "status": spread.STATUS,
                "channel": spread.CHANNEL,
                "maker_id": spread.maker(users),
            },
        ),
    ]
    for table, model, numbers, other in copies:
        _copy(ground, table, model, numbers, other)
    of_order = {"id": row, "order_id": row}
    cups = spread.cups(ground.execute(_MENU.format(event=event)))
    choices = "CAST(cup.choices AS jsonb)" if postgres else "cup.choices"
    drink = {"drink_id": "cup.key", "drink_name": "cup.name", "choices": choices}
    whole = (first, last)
    _copy(ground, "orders_orderitem", f"order_id IN {first_orders}", whole, of_order | drink, spread.drawn(cups))
    # Cancellations need an encrypted reason, because reports decrypt it. Use the order's name, which is encrypted, too.
    name = "(SELECT name FROM orders_order WHERE id = model.order_id)"
    placed = {"verb": "'place'", "was": "''", "status": "'waiting'", "at": moment()}
    ended = {
        "verb": spread.VERB,
        "was": spread.WAS,
        "status": spread.STATUS,
        "at": moment(spread.CLOSED),
        "reason": f"CASE WHEN {spread.CANCELLED} THEN {name} ELSE '' END",
    }
    for newer, moved in enumerate((placed, ended)):
        _copy(
            ground,
            "orders_orderevent",
            f"order_id IN {first_orders} AND verb = 'place'",
            (first, last),
            of_order | {"id": f"{FIRST_KEY - 2 + newer} - 2 * n"} | moved,
        )
    received = {"sid": random, "conversation_id": whose, "received_at": moment()}
    _copy(ground, "sms_inboundmessage", f"order_id IN {first_orders}", (first, last), of_order | received)
    at_ready = {"created_at": moment(spread.READY), "expires_at": moment(spread.READY)}
    sent = {"sid": random, "conversation_id": whose} | at_ready
    _copy(ground, "sms_outboundmessage", f"order_id IN {first_orders}", (first, last), of_order | sent)
    ground.execute(f"UPDATE stations_event SET orders_taken = {last} WHERE id = {event}")
    # Refresh the reports' views and then vacuum, as a worker and PostgreSQL's autovacuum do at times.
    ground.python("bench.grown", "refresh")
    if postgres:
        ground.execute("VACUUM ANALYZE")


def _copy(
    ground: Ground, table: str, which: str, numbers: tuple[int, int], other: dict[str, str], join: str = ""
) -> None:
    """Add one row to the table for each number n in range(*numbers), as a copy of a row that matches `which`.

    If two rows match, they are copied alternately. `other` maps each column that differs in the copies to SQL, which
    can use `n` and the tables in `join`."""
    first, last = numbers
    if first == last:
        return
    names = (
        f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"
        if ground.database_url
        else f"SELECT name FROM pragma_table_info('{table}')"
    )
    columns = [name for (name,) in ground.execute(names) if name != "id" or "id" in other]
    ground.execute(f"""
        WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last - 1})
        INSERT INTO {table} ({", ".join(columns)})
        SELECT {", ".join(other.get(name, f"model.{name}") for name in columns)}
        FROM numbers JOIN (
          SELECT {table}.*, row_number() OVER (ORDER BY id) - 1 AS turn, count(*) OVER () AS models
          FROM {table} WHERE {which}
        ) AS model ON model.turn = n % model.models {join}""")
