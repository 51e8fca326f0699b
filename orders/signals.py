from django.dispatch import Signal

#: Sent by `orders.lifecycle` inside the transaction that moved the order, with `order` and `event` (the OrderEvent).
#: Listeners write rows; whatever talks to a network waits for the commit.
order_moved = Signal()

#: Sent by `orders.messaging.messages` inside the transaction in which the bar wrote to a customer, with `message`.
customer_written = Signal()
