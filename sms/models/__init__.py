"""Models of texts: received texts and conversations (`conversations`), messages that Expresso sends (`sending`),
ratings (`feedback`), and an event's own wording (`own_words`). Texts are personal: never log a body."""

from sms.models.conversations import SENDER_FIELDS, Carrier, Conversation, Ignored, InboundMessage
from sms.models.feedback import Feedback
from sms.models.own_words import FrequentQuestion, Wording
from sms.models.sending import Broadcast, Delivery, OutboundMessage, Sender, Subscription

__all__ = [
    "SENDER_FIELDS",
    "Broadcast",
    "Carrier",
    "Conversation",
    "Delivery",
    "Feedback",
    "FrequentQuestion",
    "Ignored",
    "InboundMessage",
    "OutboundMessage",
    "Sender",
    "Subscription",
    "Wording",
]
