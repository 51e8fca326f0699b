"""The life of an order: the functions that place, move and change an order. These functions are called verbs.

`orders.steps` has a table of the verbs that baristas tap. The verbs for change requests and answers are defined in
`orders.messaging`, those for labels in `orders.printing`. A function has the name of its verb, except `mark_ready`
("ready"), `put_first` ("first") and `put_in_turn` ("in_turn").

Every verb is atomic: the status, the `OrderEvent`, the stock and the rows that listeners of `orders.verbs.order_moved`
write change together or not at all. A verb that refuses has not written anything yet, so the caller's own transaction
stays usable after a Refusal. Boards are told to render again after the commit.

The caller passes the order as the caller has read it. If another request has moved the order since, the verb raises
TransitionError and changes nothing. Several calls with the same `key` (the idempotency key of a request) move an order
only once."""

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
