"""A text comes in: one transaction from the message to the reply, and nothing that waits for a network.

An order for one drink, by somebody who texted before, takes these statements:
 1     the conversation with its event and customer, locked: this customer's next text waits here
 2     the customer's last orders (3: their items, where there are any)
 4-8   `lifecycle.place`: the code, the queues, the order, its item, its OrderEvent (stock where it is counted)
 9     the conversation's next state
 10    the message with its reply. Its sid is unique: a repeated message undoes all of this and gets the first reply"""

from __future__ import annotations

import re
from dataclasses import replace

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Customer
from inventory.snapshot import menu_of
from orders.codes import is_code
from orders.models import Order
from orders.parser import Intent
from sms.acts import Acts
from sms.conversation import conclude, ignore, language_after, respond
from sms.conversation.actions import CancelOrders, StoreRating
from sms.conversation.asking import strange
from sms.conversation.facts import Facts
from sms.conversation.quoted import is_reaction, may_quote, without_our_words
from sms.conversation.sayings import Phrase
from sms.conversation.state import ConversationState
from sms.incoming import LONGEST, IncomingText
from sms.models import Carrier, Conversation, InboundMessage
from sms.replies import answering, notifications
from stations.models import Event

log = structlog.get_logger(__name__)

#: What a text was that told how it was; the parser knows no such intent.
FEEDBACK = "feedback"
#: To what a barista wrote.
ANSWER = "answer"
#: A reaction, an auto-reply, or one text too many: kept without a reply.
IGNORED = "ignored"

#: What PostgreSQL does not store and no phone types.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def receive(incoming: IncomingText) -> str:
    """Answer a text; "" is silence. The same sid, at once, later or in parallel, gets the same answer.

    The sender must be an E.164 number."""
    incoming = replace(incoming, body=_UNSTORABLE.sub("", incoming.body))
    try:
        return _receive(incoming)
    except IntegrityError:
        # All of it is undone. Twilio asked twice: it gets what it got.
        first = InboundMessage.objects.filter(sid=incoming.sid).first()
        if first is not None:
            log.info("text_repeated")
            return first.reply
        # Or the customer was being forgotten meanwhile; this try meets a stranger.
        return _receive(incoming)


@transaction.atomic
def _receive(incoming: IncomingText) -> str:
    conversation = _conversation(incoming)
    if conversation is None:
        # Nobody's number: nothing about the sender is kept.
        log.warning("text_to_unknown_number")
        return notifications.nobody_here()
    return Exchange(conversation, incoming).reply()


def _conversation(incoming: IncomingText) -> Conversation | None:
    """The sender's conversation with the event whose number was texted, locked until the commit."""
    found = _locked(incoming)
    if found is not None:
        return found
    event = Event.objects.filter(**{_number_of(incoming): incoming.to}).first()
    if event is None:
        return None
    # No savepoint, and no lock on a customer who is there already: who came in by a text in parallel is met, not
    # doubled, and holds the conversation by then, in which order both are locked.
    Customer.objects.bulk_create([Customer(phone=incoming.sender)], ignore_conflicts=True)
    customer = Customer.objects.filter(phone=incoming.sender).first()
    if customer is None:
        # Forgotten in this very moment.
        raise IntegrityError
    conversation = Conversation(event=event, customer=customer, carrier=incoming.carrier)
    Conversation.objects.bulk_create([conversation], ignore_conflicts=True)
    return _locked(incoming)


def _locked(incoming: IncomingText) -> Conversation | None:
    conversations = Conversation.objects.select_related("event", "customer").filter(
        carrier=incoming.carrier,
        customer__phone=incoming.sender,
        **{f"event__{_number_of(incoming)}": incoming.to},
    )
    # The customer too, so that what the text before this one wrote is read. Rows that refer to
    # them (a barista's "ready" text) are not held up: no_key.
    lock = conversations.select_for_update(of=("self", "customer"), no_key=True)
    return next(iter(lock.order_by()), None)


def _number_of(incoming: IncomingText) -> str:
    return "whatsapp_number" if incoming.carrier == Carrier.WHATSAPP else "sms_number"


class Exchange:
    """One text and its reply, in a conversation that is locked."""

    def __init__(self, conversation: Conversation, incoming: IncomingText) -> None:
        self.conversation = conversation
        self.incoming = incoming
        self.acts = Acts(conversation)
        self.now = timezone.now()
        self.unknown: tuple[str, ...] = ()

    def reply(self) -> str:
        intent, reply = self._answer()
        # Somebody who said STOP gets nothing from us, whatever is asked; START is answered by the carrier.
        if self.conversation.opted_out_at is not None:
            reply = ""
        if not self.acts.forgotten:
            self.conversation.last_text_at = self.now
            fields = ["state", "opted_out_at", "needs_person", "last_text_at"]
            self.conversation.save(update_fields=fields)
        self._keep(intent, reply)
        return reply

    def _answer(self) -> tuple[str, str]:
        text = self._own_words()
        if is_code(text.upper()):
            self.acts.claim(text.upper())
        facts = self.acts.facts(self.now)
        if self.incoming.opt_out_type:
            return self._provider_answered(facts), ""
        if self.incoming.media and not self.incoming.body.strip():
            return Intent.UNCLEAR, self._word(Phrase.NO_WORDS, facts)
        if len(self.incoming.body) > LONGEST:
            return Intent.UNCLEAR, self._word(Phrase.TOO_LONG, facts)
        menu = menu_of(self.conversation.event).menu
        try:
            state = ConversationState.from_json(self.conversation.state)
            # A text of our own words alone says nothing.
            quoted = not text and bool(self.incoming.body.strip())
            turn = ignore(state, facts) if quoted else respond(state, text, menu, facts)
        except Exception as error:
            # Nothing was decided yet. A 500 would lose the customer; a person can still help. The message of
            # the error may quote the text, so it is not logged.
            log.error("text_not_decided", error=type(error).__name__)
            self.conversation.needs_person = True
            return Intent.UNCLEAR, self._word(Phrase.FAULT, facts)
        told = isinstance(turn.act, StoreRating)
        self.unknown = () if told or turn.only_answers or turn.ignored else strange(turn.reading)
        facts = replace(facts, language=language_after(turn.reading, facts))
        self.acts.hear_language(facts.language)
        if turn.answers is not None:
            self.acts.hear(self.incoming.body.strip(), turn.answers)
        outcome = self.acts.carry_out(turn.act)
        says, state = conclude(turn, outcome, menu, facts)
        self.conversation.state = state.to_json()
        intent = FEEDBACK if told else ANSWER if turn.only_answers else turn.reading.intent
        intent = IGNORED if turn.ignored else intent
        return intent, answering.word(says, menu, facts)

    def _own_words(self) -> str:
        """The text without what it repeats of our texts. Only a text that may do so costs the two statements."""
        text = self.incoming.body.strip()
        if is_reaction(text) or not may_quote(text):
            return text
        return without_our_words(text, self.acts.said_lately())

    def _word(self, phrase: Phrase, facts: Facts) -> str:
        return answering.word((phrase,), menu_of(self.conversation.event).menu, facts)

    def _provider_answered(self, facts: Facts) -> str:
        """STOP, START or HELP, as the provider understood it and has told the customer."""
        match self.incoming.opt_out_type:
            case "STOP":
                self.conversation.opted_out_at = self.now
                # Whoever leaves with this word wants the drink gone as well.
                if self.incoming.body.strip().upper() == "CANCEL":
                    self.acts.carry_out(CancelOrders(tuple(order for order in facts.orders if order.status != "ready")))
                return Intent.STOP
            case "START":
                self.conversation.opted_out_at = None
                return Intent.START
            case _:
                return Intent.HELP

    def _keep(self, intent: str, reply: str) -> None:
        order: Order | None = self.acts.order
        forgotten = self.acts.forgotten
        InboundMessage.objects.create(
            sid=self.incoming.sid,
            conversation=None if forgotten else self.conversation,
            body="" if forgotten else self.incoming.body[:LONGEST],
            received_at=self.now,
            intent=intent,
            unknown=[] if forgotten else list(self.unknown),
            reply=reply,
            order=None if forgotten else order,
        )
