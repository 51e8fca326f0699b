"""Answers a text in one transaction, from reading the message to storing the reply. Nothing in it waits for a network.

If a known customer places an order, the SQL statements of this list are run. On PostgreSQL, the statements of a list
entry with "(one)" are sent as a single statement.
 1      read the conversation with its event, its customer and the customer's recent orders. On PostgreSQL one
        more statement first locks the conversation, so that the customer's next text waits
 2, 3   `lifecycle.place`: take the order's code, which locks the event's row; read the queues, the limits and the stock
 4      reserve stock, if the event counts stock
 5-7    insert the order and its items, and record its OrderEvent (one)
 8, 9   store the conversation's next state, and the message with its reply (one). The message's sid is unique: if
        Twilio repeats the message, all of this is rolled back, and the first reply is returned"""

from __future__ import annotations

import re
from dataclasses import replace

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import tracing
from inventory.snapshot import menu_of
from orders import hints
from orders.models import is_code
from orders.parser import Intent
from orders.upkeep.left_over import left_before
from sms import metrics
from sms.acts import Acts
from sms.conversation import conclude, ignore, language_after, respond
from sms.conversation.actions import CancelOrders, ChooseWay, Ordered, StoreRating
from sms.conversation.asking import strange
from sms.conversation.facts import TO_MAKE, Facts
from sms.conversation.opt_out import OPT_IN_WORDS, OPT_OUT_WORDS
from sms.conversation.quoted import is_reaction, may_quote, without_our_words
from sms.conversation.sayings import Phrase
from sms.conversation.state import ConversationState
from sms.incoming import LONGEST, IncomingText
from sms.models import InboundMessage
from sms.opting import opt_in, opt_out
from sms.replies import answering, notifications
from sms.segments import segments
from sms.statements import Opened, open_conversation, save_customer, save_exchange

log = structlog.get_logger(__name__)

#: Stored as the intent of a text that rates the coffee. The parser has no such intent.
FEEDBACK = "feedback"
#: Stored as the intent of a text that only answers a barista's message.
ANSWER = "answer"
#: Stored as the intent of a text that gets no reply: a reaction, an auto-reply, a text over the limit, or any text of a
#: blocked customer.
IGNORED = "ignored"
#: Stored as the intent of a text that waits for a person of the support desk, who has taken the conversation over.
HELD = "held"

#: Intents of friendly texts. A text with one of these intents that answers a barista needs no reader, so it calls no
#: person.
_PLEASANT = frozenset({Intent.THANKS, Intent.GREETING, Intent.CHAT})

#: Characters that PostgreSQL cannot store: NUL and lone surrogates.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def receive(incoming: IncomingText) -> str:
    """Return the reply to a text, or "" for no reply.

    If Twilio posts the same message again, even at the same time, the first reply is returned again. The sender must be
    an E.164 number, or the id of a WhatsApp user."""
    incoming = replace(incoming, body=_UNSTORABLE.sub("", incoming.body))
    try:
        with tracing.span("answer"):
            return _receive(incoming)
    except IntegrityError:
        # The transaction was rolled back. If Twilio sent the message twice, return the stored reply again.
        first = InboundMessage.objects.filter(sid=incoming.sid).first()
        if first is not None:
            log.info("text_repeated")
            return first.reply
        # No stored message has this sid, so the error has another cause: the customer was deleted at the same moment.
        # Answer the text once more, now as the first text of a new customer.
        return _receive(incoming)


@transaction.atomic
def _receive(incoming: IncomingText) -> str:
    opened = open_conversation(incoming)
    if opened is None:
        # No event has the texted number, so nothing about the sender is stored.
        log.warning("text_to_unknown_number")
        return notifications.nobody_here()
    return Exchange(opened, incoming).reply()


class Exchange:
    """Answers one text in a conversation that is already locked, and stores the text with its reply."""

    def __init__(self, opened: Opened, incoming: IncomingText) -> None:
        self.conversation = opened.conversation
        self.incoming = incoming
        self.acts = Acts(opened)
        self.now = timezone.now()
        self.unknown: tuple[str, ...] = ()
        self.asks = False

    def reply(self) -> str:
        intent, reply = self._answer()
        # After STOP the customer gets no reply from us. Twilio itself replies to START.
        if self.conversation.opted_out_at is not None:
            reply = ""
        self._keep(intent, reply)
        return reply

    def _answer(self) -> tuple[str, str]:
        self._leave_yesterdays_helper()
        text = self._own_words()
        if apart := self._for_no_robot(text):
            return apart, ""
        if is_code(text.upper()) and self.acts.claim(text.upper()):
            claimed = open_conversation(self.incoming)
            self.acts.orders = claimed.orders if claimed else ()
        facts = self.acts.facts(self.now)
        if self.incoming.opt_out_type:
            return self._provider_answered(facts), ""
        if self.incoming.media and not self.incoming.body.strip():
            return Intent.UNCLEAR, self._word(Phrase.NO_WORDS, facts)
        if len(self.incoming.body) > LONGEST:
            return Intent.UNCLEAR, self._word(Phrase.TOO_LONG, facts)
        menu = menu_of(self.conversation.event).menu
        try:
            state = ConversationState.from_json(self.conversation.state, menu)
            # `text` is the text without quotations of our texts. If nothing is left of it, ignore it.
            quoted = not text and bool(self.incoming.body.strip())
            turn = ignore(state, facts) if quoted else respond(state, text, menu, facts)
        except Exception as error:
            # The error happened before an action was decided. Reply with an apology and call a person, because a status
            # 500 would leave the customer without any answer. Log only the class of the error, because its message can
            # quote the text.
            log.error("text_not_decided", error=type(error).__name__)
            self.conversation.call_person(self.now)
            return Intent.UNCLEAR, self._word(Phrase.FAULT, facts)
        told = isinstance(turn.act, StoreRating)
        self.unknown = () if told or turn.only_answers or turn.ignored else strange(turn.reading)
        facts = replace(facts, language=language_after(turn.reading, facts))
        self.acts.hear_language(facts.language)
        if turn.answers is not None:
            self.acts.hear(self.incoming.body.strip(), turn.answers)
            if turn.only_answers and turn.reading.intent not in _PLEASANT and not self.acts.is_open(turn.answers):
                # A closed order is not on the barista's board, so no barista would see the answer.
                self.conversation.call_person(self.now)
        if turn.calls_person:
            self.conversation.call_person(self.now)
        outcome = self.acts.carry_out(turn.act)
        says, state = conclude(turn, outcome, menu, facts)
        if turn.mail and isinstance(outcome, Ordered):
            chosen = self.acts.carry_out(ChooseWay("mail", (outcome.order,), turn.mail))
            says = (*says[:1], *conclude(replace(turn, says=()), chosen, menu, facts)[0], *says[1:])
        self.asks = state.asked is not None
        self.conversation.state = state.to_json(menu)
        intent = FEEDBACK if told else ANSWER if turn.only_answers else turn.reading.intent
        intent = IGNORED if turn.ignored else intent
        return intent, answering.word(says, menu, facts)

    def _for_no_robot(self, text: str) -> str:
        """Return the intent to store for a text that gets no automatic reply, or "" for any other text.

        For STOP and START "" is returned too, because both are always carried out."""
        if self.incoming.opt_out_type or text.upper() in OPT_OUT_WORDS | OPT_IN_WORDS:
            return ""
        if self.conversation.blocked_at is not None:
            return IGNORED
        if self.conversation.held:
            self.conversation.call_person(self.now)
            return HELD
        return ""

    def _leave_yesterdays_helper(self) -> None:
        """Start automatic replies again if a support person left the conversation open on an earlier day.

        The customer stays in the inbox. If the customer asks for a person again, the bar is alerted again."""
        row = self.conversation
        if not (row.held or row.helper_id):
            return
        last = max(row.last_text_at, row.looked_at or row.last_text_at)
        if last < left_before(row.event, self.now):
            row.held, row.helper = False, None

    def _own_words(self) -> str:
        """Return the text without quotations of our texts.

        Two SQL statements load our texts. They are run only if the text might quote one."""
        text = self.incoming.body.strip()
        if is_reaction(text) or not may_quote(text):
            return text
        return without_our_words(text, self.acts.said_lately())

    def _word(self, phrase: Phrase, facts: Facts) -> str:
        return answering.word((phrase,), menu_of(self.conversation.event).menu, facts)

    def _provider_answered(self, facts: Facts) -> str:
        """Carry out STOP, START or HELP, to which Twilio has already replied. Return the intent."""
        match self.incoming.opt_out_type:
            case "STOP":
                opt_out(self.conversation, self.now)
                # CANCEL is one of Twilio's opt-out words, so Twilio reports it as STOP. But whoever texts it also wants
                # to cancel the order.
                if self.incoming.body.strip().upper() == "CANCEL":
                    self.acts.carry_out(CancelOrders(tuple(order for order in facts.orders if order.status in TO_MAKE)))
                return Intent.STOP
            case "START":
                opt_in(self.conversation)
                return Intent.START
            case _:
                return Intent.HELP

    def _result(self, intent: str) -> str:
        """Return how the text was handled, as a label for the metrics."""
        if intent == IGNORED:
            return "ignored"
        if self.conversation.needs_person:
            return "handed_over"
        if self.asks:
            return "asked"
        return "unclear" if intent == Intent.UNCLEAR else "understood"

    def _keep(self, intent: str, reply: str) -> None:
        order, forgotten = self.acts.order, self.acts.forgotten
        self.conversation.last_text_at = self.now
        message = InboundMessage(
            sid=self.incoming.sid,
            conversation=None if forgotten else self.conversation,
            body="" if forgotten else self.incoming.body[:LONGEST],
            received_at=self.now,
            intent=intent,
            unknown=[] if forgotten else list(self.unknown),
            reply=reply,
            segments=segments(reply) if reply else 0,
            order=None if forgotten else order,
        )
        hints.of_text(self.conversation.event_id, self.conversation.pk)
        if self.acts.customer_changed and not forgotten:
            save_customer(self.acts.customer)
        save_exchange(None if forgotten else self.conversation, message)
        metrics.count_text(self._result(intent), replied=bool(reply))
