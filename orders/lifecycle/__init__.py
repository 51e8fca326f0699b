"""The life of an order: the functions that place it, move it and change it, called verbs.

The verbs of a barista's taps stand in the table in `orders.steps`. Those about a customer's wish, an answer and labels
have their functions in `orders.messaging` and `orders.printing`. A function has the name of its verb, except
`mark_ready` ("ready"), `put_first` ("first") and `put_in_turn` ("in_turn").

Every verb is atomic: the status, the `OrderEvent`, the stock and the rows that listeners of
`orders.verbs.order_moved` write change together or not at all. A verb refuses before its first write, so the caller's
own transaction stays usable after a Refusal. Boards are told of the change after the commit.

The caller passes the order as it read it. If somebody else has moved the order since, the verb raises TransitionError
and changes nothing. Calls with the same `key` (a request's idempotency key) move an order once."""

from orders.lifecycle.moving import (
    RECALL,
    cancel,
    collect,
    is_past_recall,
    lapse,
    mark_ready,
    move,
    not_collected,
    put_first,
    put_in_turn,
    start,
    take_over,
    text_failed,
    tick,
    undo,
)
from orders.lifecycle.payment import (
    end_unpaid,
    pay,
    refund,
)
from orders.lifecycle.placing import (
    Quoted,
    change,
    place,
    rename,
)

__all__ = [
    "RECALL",
    "Quoted",
    "cancel",
    "change",
    "collect",
    "end_unpaid",
    "is_past_recall",
    "lapse",
    "mark_ready",
    "move",
    "not_collected",
    "pay",
    "place",
    "put_first",
    "put_in_turn",
    "refund",
    "rename",
    "start",
    "take_over",
    "text_failed",
    "tick",
    "undo",
]
