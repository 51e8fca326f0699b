"""docs/access.md is true: every address and socket, as everybody, at their own event and at another one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib import admin
from django.db.models import Model, Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.access import RIGHTS, Right, may
from accounts.models import AuditEntry, Customer, Membership, Role, User
from expresso import websocket_urls
from expresso.api import tokens
from expresso.api.base import Need
from expresso.api.models import ApiKey, Scope, Webhook, WebhookDelivery
from expresso.api.urls import v1
from expresso.asgi import application
from inventory.models import CannotMake, Drink, Ingredient, Option, Stock, Use
from orders.live.consumers import NO_SUCH_BOARD
from orders.live.doorkeeper import NOT_ALLOWED, SIGN_IN_AGAIN
from orders.models import LabelJob, Order
from orders.tests import factory
from sms.models import (
    Broadcast,
    Conversation,
    Feedback,
    FrequentQuestion,
    InboundMessage,
    OutboundMessage,
    Sender,
    Wording,
)
from stations.models import Event, Printer, Shift, Station

DOC = Path(__file__).parent.parent / "docs" / "access.md"
WHO = ("guest", *reversed(Role.values), factory.ADMIN)
#: Stands in every name of the event that is not one's own.
FOREIGN = "Zanzibar"


def table() -> dict[str, set[str]]:
    """Who may open each address, as the document says."""
    allowed: dict[str, set[str]] = {}
    for line in DOC.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "what":
            may_open = {who for who, cell in zip(WHO, cells[2:], strict=True) if cell == "yes"}
            allowed |= dict.fromkeys(re.findall(r"`(.+?)`", cells[1]), may_open)
    return allowed


TABLE = table()


def addresses(urls: list[Any] | None = None, inside: str = "") -> Iterator[tuple[str, str]]:
    """The name and the pattern of every address of the site."""
    for each in get_resolver().url_patterns if urls is None else urls:
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, f"{each.namespace}:" if each.namespace else inside)
        elif isinstance(each, URLPattern) and each.name:
            yield f"{inside}{each.name}", str(each.pattern)


def sockets(of: list[Any]) -> Iterator[tuple[str, str]]:
    """The name in the document and the address of every socket."""
    for each in of:
        pattern = str(each.pattern)
        yield re.sub(r"<[^>]+>/", "", pattern), f"/{pattern}"


class World:
    """One event with a row of everything."""

    def __init__(self, name: str) -> None:
        self.bar = factory.cafe(name=name, max_open_orders=0)
        self.event = self.bar.event
        Station.objects.filter(pk=self.bar.pk).update(name=f"{name} bar")
        self.order = factory.order(self.bar, name=f"{name} guest", channel="web")
        # The address of a socket is asked for in a loop, where no query is allowed.
        self.drink = self.event.drinks.values_list("pk", flat=True)[0]
        self.option = Option.objects.filter(group__event=self.event).values_list("pk", flat=True)[0]
        self.talk = Conversation.objects.create(event=self.event, customer=factory.customer(f"{name} texter"))
        self.broadcast = Broadcast.objects.create(event=self.event, kind="delay", key=name)
        self.heard = InboundMessage.objects.create(sid=f"SM1{name}", conversation=self.talk, body=f"{name} text")
        self.stock = factory.stock(self.bar, option="Oat", on_hand=9)
        Ingredient.objects.filter(pk=self.stock.ingredient_id).update(name=f"{name} milk")
        self.printer = Printer.objects.create(station=self.bar, name=f"{name} printer")
        self.drink = Drink.objects.filter(event=self.event).values_list("pk", flat=True)[0]
        self.option = Option.objects.filter(group__event=self.event).values_list("pk", flat=True)[0]
        self.worker = factory.user(f"{name}-worker", at=self.event)
        self.shift = Shift.objects.create(station=self.bar, user=self.worker, starts_at=timezone.now())
        self.customer = Customer.objects.create(name=f"{name} regular")
        self.item = self.order.items.values_list("pk", flat=True)[0]
        Order.objects.filter(pk=self.order.pk).update(customer=self.customer)
        self.owner = factory.user(f"{name}-owner", Role.ORGANIZER, at=self.event)
        self.webhook = Webhook.objects.create(
            event=self.event, owner=self.owner, url=f"https://{name}.example.org/", kinds=["paused"]
        )
        self.key = ApiKey.objects.create(
            event=self.event, owner=self.owner, name=f"{name} robot", digest=f"{name} robot", scopes=["read"]
        )

    def fill(self, name: str) -> None:
        """Rows of every model of the admin, each with the name in it."""
        customer = Customer.objects.create(name=f"{name} customer")
        Order.objects.filter(pk=self.order.pk).update(customer=customer)
        barista = factory.user(f"{name}-barista", at=self.event)
        latte, oat = (
            Drink.objects.get(event=self.event, name="Latte"),
            Option.objects.get(group__event=self.event, name="Oat"),
        )
        Drink.objects.filter(event=self.event).update(name=Concat(Value(f"{name} "), "name"))
        Option.objects.filter(group__event=self.event).update(name=Concat(Value(f"{name} "), "name"))
        self.event.option_groups.update(name=Concat(Value(f"{name} "), "name"))
        beans = Ingredient.objects.create(event=self.event, name=f"{name} beans", unit="g")
        Stock.objects.create(station=self.bar, ingredient=beans, on_hand=9)
        Use.objects.create(ingredient=beans, drink=latte, amount=1)
        CannotMake.objects.create(station=self.bar, option=oat)
        Shift.objects.create(station=self.bar, user=barista, starts_at=timezone.now())
        LabelJob.objects.create(order=self.order, printer=self.printer, key=name, outcome=f"{name} outcome")
        talk = Conversation.objects.create(event=self.event, customer=customer)
        InboundMessage.objects.create(sid=f"SM{name}", conversation=talk, body=f"{name} words")
        OutboundMessage.objects.create(
            conversation=talk,
            kind="bar",
            body=f"{name} reply",
            expires_at=timezone.now(),
            cause=self.order.events.first(),
        )
        Feedback.objects.create(
            event=self.event, customer=customer, order=self.order, day=timezone.now(), score=5, words=f"{name} score",
            answered_at=timezone.now(),
        )  # fmt: skip
        Wording.objects.create(event=self.event, key="thanks", language="en", text=f"{name} thanks")
        FrequentQuestion.objects.create(event=self.event, words=f"{name} wifi", answer=f"{name} network")
        Sender.objects.create(number=str(self.event.sms_number))
        ApiKey.objects.create(event=self.event, owner=self.owner, name=f"{name} key", digest=name, scopes=["read"])
        WebhookDelivery.objects.create(
            webhook=self.webhook, fact=name, kind="paused", body={}, outcome=f"{name} answer"
        )
        AuditEntry.objects.create(by=barista, event=self.event, act="changed", subject=f"{name} drink")

    def address(self, pattern: str) -> str:
        """The address with what stands in angle brackets filled in."""
        pattern = pattern.lstrip("/")
        of_event = pattern.startswith(("events/", "ws/events/", "ws/api/"))
        values = {
            "slug": self.event.slug if of_event else self.bar.slug,
            "pk": self.order.pk,
            "token": self.order.token,
            "verb": "start",
            "act": "pause",
            "n": 1,
            "key": self.key.pk if pattern.startswith("api/") else self.printer.key,
            "item": self.item,
            "language": "en",
            "event": self.event.slug,
            "station": self.bar.slug,
            "order": self.order.pk,
            "stock": self.stock.pk,
            "user": self.worker.pk,
            "shift": self.shift.pk,
            "customer": self.customer.pk,
            "drink": self.drink,
            "option": self.option,
            "webhook": self.webhook.pk,
            "talk": self.talk.pk,
            "text": self.heard.pk,
            "broadcast": self.broadcast.pk,
            "table": "totals",
            "step": "basics",
            "uidb64": "MQ",
            "kind": "csv",
        }
        return "/" + re.sub(r"<\w+:(\w+)>", lambda found: str(values[found[1]]), pattern)


def browser_of(who: str, at: Event) -> Client:
    client = Client()
    if who != "guest":
        client.force_login(factory.user(f"the-{who}", who, at), backend="django.contrib.auth.backends.ModelBackend")
    return client


def opened(answer: Any) -> bool:
    """A view that was reached, though it may want a POST, a signature or something else in the address."""
    if answer.status_code == 302:
        return not answer.headers["Location"].startswith(reverse("login"))
    return answer.status_code != 403 or "X-Twilio" in str(answer.content)


def test_every_address_and_every_socket_is_in_the_document_and_nothing_else() -> None:
    named = {re.sub("^(admin|api):.*", r"\1:…", name) for name, _ in addresses()}

    every_socket = [*websocket_urls.urlpatterns, *websocket_urls.of_programs]
    assert named | {name for name, _ in sockets(every_socket)} == set(TABLE)


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_every_address_lets_in_whom_the_document_names_at_their_own_event_and_nobody_at_another(who: str) -> None:
    own, foreign = World("Own"), World(FOREIGN)
    client = browser_of(who, own.event)
    found: dict[str, list[bool]] = {}
    for name, pattern in addresses():
        if name in ("logout", "sms", "sms-status") or ":" in name:
            continue
        answers = [opened(client.get(world.address(pattern))) for world in (own, foreign)]
        found[name] = answers

    public = {name for name, people in TABLE.items() if "guest" in people}
    anywhere = {"account", "authenticator", "event-new", "home", "preferences", "simulator", "simulator-phone"}
    expected = {
        name: [who in TABLE[name], who in TABLE[name] and (name in public | anywhere or who == factory.ADMIN)]
        for name in found
    }
    assert found == expected


def api_calls() -> Iterator[tuple[str, str, Need]]:
    """Method, pattern and need of every call of the API that belongs to an event."""
    for pattern in v1:
        view = getattr(pattern.callback, "view_class", None)
        if "<" in str(pattern.pattern) and view is not None:
            for method, need in view.needs.items():
                yield method, f"/api/v1/{pattern.pattern}", need


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_the_api_lets_in_whom_the_pages_let_in(who: str) -> None:
    own, foreign = World("Own"), World(FOREIGN)
    client = browser_of(who, own.event)
    user = User.objects.filter(username=f"the-{who}").first()
    headers = {"Authorization": f"Bearer {tokens.sign_in(user).access}"} if user else {}

    for method, pattern, need in api_calls():
        answers = [
            client.generic(method, world.address(pattern), b"{}", "application/json", headers=headers).status_code
            for world in (own, foreign)
        ]

        if method == "GET":
            heads = [client.head(world.address(pattern), headers=headers).status_code for world in (own, foreign)]
            assert (pattern, heads) == (pattern, answers)
        if user is None:
            assert (pattern, answers) == (pattern, [401, 401])
        elif not user.is_superuser:
            assert (pattern, answers[0] == 403) == (pattern, need.right not in RIGHTS[who])
            assert (pattern, answers[1]) == (pattern, 404)
        else:
            assert not {401, 403, 404} & set(answers)


def key_of(world: World, *scopes: str) -> str:
    row = ApiKey(event=world.event, owner=world.owner, name="Program", scopes=list(scopes))
    key = row.renew()
    row.save()
    return key


@pytest.mark.django_db
def test_a_key_does_at_its_event_what_its_scopes_say_and_nothing_else() -> None:
    own, foreign = World("Own"), World(FOREIGN)
    client = Client()

    for method, pattern, need in api_calls():
        rest = key_of(own, *(scope for scope in Scope.values if scope != need.scope))
        keys = [rest, key_of(own, need.scope)] if need.scope else [rest]
        answers = [
            client.generic(
                method, world.address(pattern), b"{}", "application/json", headers={"Authorization": f"Bearer {key}"}
            ).status_code
            for key in keys
            for world in (own, foreign)
        ]

        assert (pattern, answers[:2], answers[3:]) == (pattern, [403, 404], [404] if need.scope else [])
        assert not {401, 403, 404} & set(answers[2:3])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", WHO)
async def test_the_apis_socket_lets_in_whom_the_document_names(who: str) -> None:
    own, foreign = await sync_to_async(World)("Own"), await sync_to_async(World)(FOREIGN)

    @sync_to_async
    def token() -> str:
        return tokens.sign_in(factory.user(f"the-{who}", who, own.event)).access

    bearer = "" if who == "guest" else await token()
    ((name, pattern),) = sockets(websocket_urls.of_programs)
    answers = [await heard_at(world.address(pattern), bearer) for world in (own, foreign)]

    if who in TABLE[name]:
        assert answers == ["state", "state" if who == factory.ADMIN else NO_SUCH_BOARD]
    else:
        assert answers == ([SIGN_IN_AGAIN] * 2 if who == "guest" else [NOT_ALLOWED, NO_SUCH_BOARD])


@pytest.mark.django_db(transaction=True)
async def test_the_apis_socket_lets_in_a_key_that_may_read_at_its_event_alone() -> None:
    own, foreign = await sync_to_async(World)("Own"), await sync_to_async(World)(FOREIGN)
    reads = await sync_to_async(key_of)(own, Scope.READ)
    rest = await sync_to_async(key_of)(own, *(scope for scope in Scope.values if scope != Scope.READ))
    ((_, pattern),) = sockets(websocket_urls.of_programs)

    answers = [await heard_at(world.address(pattern), key) for key in (reads, rest) for world in (own, foreign)]

    assert answers == ["state", NO_SUCH_BOARD, NOT_ALLOWED, NO_SUCH_BOARD]


async def heard_at(address: str, credential: str) -> str | int:
    """The kind of the first message of the API's socket, or the code that it is closed with."""
    socket = WebsocketCommunicator(application, address)
    await socket.connect(timeout=5)
    await socket.send_to(json.dumps({"token": credential}))
    first = await socket.receive_output(timeout=5)
    await socket.disconnect()
    return int(first["code"]) if first["type"] == "websocket.close" else str(json.loads(first["text"])["type"])


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_the_admin_opens_for_managers_alone(who: str) -> None:
    client = browser_of(who, World("Own").event)

    lists = [client.get(reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist")) for m in MODELS]

    assert {answer.status_code == 200 for answer in lists} == {who in TABLE["admin:…"]}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", WHO)
async def test_every_socket_lets_in_whom_the_document_names(who: str) -> None:
    own, foreign = await sync_to_async(World)("Own"), await sync_to_async(World)(FOREIGN)
    client = await sync_to_async(browser_of)(who, own.event)
    headers = [(b"origin", b"http://testserver"), (b"host", b"testserver")]
    if who != "guest":
        headers.append((b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode()))

    async def open_at(address: str) -> bool:
        socket = WebsocketCommunicator(application, address, headers=headers)
        await socket.connect(timeout=5)
        first = await socket.receive_output(timeout=5)
        await socket.disconnect()
        return first["type"] != "websocket.close" or first["code"] not in (NOT_ALLOWED, NO_SUCH_BOARD, SIGN_IN_AGAIN)

    for name, pattern in sockets(websocket_urls.urlpatterns):
        answers = [await open_at(world.address(pattern)) for world in (own, foreign)]
        everywhere = who == factory.ADMIN or "guest" in TABLE[name]
        assert (name, answers) == (name, [who in TABLE[name], who in TABLE[name] and everywhere])


# The admin of an organizer -------------------------------------------------------------------------

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def organizer(db: None) -> Client:
    """Of one event, while there is another one; both have a row of every model."""
    own, foreign = World("Own"), World(FOREIGN)
    client = browser_of(Role.ORGANIZER, own.event)
    own.fill("Own")
    foreign.fill(FOREIGN)
    return client


def page(model: type[Model], name: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def rows_of(client: Client, model: type[Model]) -> list[Any]:
    return list(client.get(page(model, "changelist")).context["cl"].queryset)


@pytest.mark.timeout(240)
def test_an_organizers_pages_hold_nothing_of_another_event(organizer: Client) -> None:
    empty, leaks = [], []
    for model in MODELS:
        rows = rows_of(organizer, model)
        places = [page(model, "changelist"), page(model, "add")]
        places += [page(model, name, rows[0].pk) for name in ("change", "history", "delete") if rows]
        if not rows:
            empty.append(model)
        for place in places:
            answer = organizer.get(place, follow=True)
            if FOREIGN in answer.content.decode() or any(FOREIGN in str(row) for row in offered(answer)):
                leaks.append(place)

    assert (empty, leaks) == ([], [])


def offered(answer: Any) -> Iterator[Any]:
    """Every row that a field of the page's forms would take."""
    context = answer.context or {}
    forms = [context["adminform"].form] if "adminform" in context else []
    for inline in context.get("inline_admin_formsets", []):
        if not (inline.has_add_permission or inline.has_change_permission):
            continue
        forms += [*inline.formset.forms, inline.formset.empty_form]
    if context.get("action_form"):
        forms.append(context["action_form"])
    for form in forms:
        # The row itself, which Django checks against the rows of the formset.
        own = form._meta.model._meta.pk.name if hasattr(form, "_meta") else ""
        for field in (field for name, field in form.fields.items() if name != own):
            yield from getattr(field, "queryset", None) or ()


@pytest.mark.timeout(240)
def test_an_organizer_neither_opens_nor_changes_nor_deletes_a_row_of_another_event(organizer: Client) -> None:
    foreign = {model: foreign_rows(organizer, model) for model in MODELS}
    before = [contents(model, rows) for model, rows in foreign.items()]
    opened_pages = []

    for model, rows in foreign.items():
        for row in rows:
            for name in ("change", "history", "delete"):
                answers = [
                    organizer.get(page(model, name, row)),
                    organizer.post(page(model, name, row), {"post": "yes"}),
                ]
                if any(answer.status_code == 200 for answer in answers):
                    opened_pages.append(page(model, name, row))
        for action in ("delete_selected", *(admin.site._registry[model].actions or ())):
            form = {"action": action, "_selected_action": rows, "post": "yes", "reason": "x"}
            organizer.post(page(model, "changelist"), form)

    assert [model for model, rows in foreign.items() if not rows] == []
    assert opened_pages == []
    assert [contents(model, rows) for model, rows in foreign.items()] == before


def foreign_rows(client: Client, model: type[Model]) -> list[Any]:
    own = {row.pk for row in rows_of(client, model)}
    return [row.pk for row in model._default_manager.all() if row.pk not in own]


def contents(model: type[Model], rows: list[Any]) -> list[Any]:
    return list(model._default_manager.filter(pk__in=rows).order_by("pk").values())


@pytest.mark.parametrize("name", ["sms_read_text", "sms_not_understood", "sms_sentences"])
def test_an_organizers_pages_of_texts_hold_nothing_of_another_event(organizer: Client, name: str) -> None:
    foreign = Event.objects.get(name=FOREIGN)

    for asked in ({}, {"event": foreign.slug}, {"event": foreign.pk}):
        assert FOREIGN not in organizer.get(reverse(f"admin:{name}"), asked).content.decode()


# The function that decides -------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_role_counts_at_its_event_alone_and_an_inactive_account_nowhere() -> None:
    own, foreign = factory.event(), factory.event()
    maya, boss = factory.user("maya", Role.BARISTA, own), factory.user("boss", factory.ADMIN)

    assert {right for right in Right if may(maya, right, own.pk)} == RIGHTS[Role.BARISTA]
    assert not any(may(maya, right, foreign.pk) for right in Right)
    assert all(may(boss, right, foreign.pk) for right in Right)
    maya.is_active = boss.is_active = False
    assert not any(may(user, right, own.pk) for right in Right for user in (maya, boss))
    assert not any(may(user, right) for right in Right for user in (maya, boss))


@pytest.mark.django_db
def test_nobody_has_two_roles_at_one_event() -> None:
    own = factory.event()
    maya = factory.user("maya", Role.BARISTA, own)

    with pytest.raises(Exception, match=r"(?i)unique"):
        Membership.objects.create(user=maya, event=own, role=Role.ORGANIZER)
