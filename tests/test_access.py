"""docs/access.md is true. Every role tries every address and socket, at its own event and at another one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.access import RIGHTS, Right, may
from accounts.models import Membership, Role, User
from expresso import websocket_urls
from expresso.api import tokens
from expresso.api.base import Need
from expresso.api.models import ApiKey, Scope
from expresso.api.urls import v1
from expresso.asgi import application
from orders.live.consumers import NO_SUCH_BOARD
from orders.live.doorkeeper import NOT_ALLOWED, SIGN_IN_AGAIN
from orders.tests import factory
from tests.roles import TABLE, WHO, browser_of
from tests.world import FOREIGN, World


def addresses(urls: list[Any] | None = None, inside: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name and the pattern of every URL of the site that has a name."""
    for each in get_resolver().url_patterns if urls is None else urls:
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, f"{each.namespace}:" if each.namespace else inside)
        elif isinstance(each, URLPattern) and each.name:
            yield f"{inside}{each.name}", str(each.pattern)


def sockets(of: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield every WebSocket's name in docs/access.md and its address."""
    for each in of:
        pattern = str(each.pattern)
        yield re.sub(r"<[^>]+>/", "", pattern), f"/{pattern}"


def opened(answer: Any) -> bool:
    """Return whether the role was allowed to reach the view, even if the view then refused the request for another
    reason."""
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
    """Yield method, URL pattern and needed right of every API call below an event."""
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
    """Return the type of the first message from the API's WebSocket, or the code with which it was closed."""
    socket = WebsocketCommunicator(application, address)
    await socket.connect(timeout=5)
    await socket.send_to(json.dumps({"token": credential}))
    first = await socket.receive_output(timeout=5)
    await socket.disconnect()
    return int(first["code"]) if first["type"] == "websocket.close" else str(json.loads(first["text"])["type"])


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


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_graphql_lets_in_whom_the_rest_api_lets_read(who: str) -> None:
    own, foreign = World("Own"), World(FOREIGN)
    browser_of(who, own.event)
    user = User.objects.filter(username=f"the-{who}").first()
    headers = {"Authorization": f"Bearer {tokens.sign_in(user).access}"} if user else {}

    def read(slug: str) -> Any:
        query = {"query": "query($s: String!) { event(slug: $s) { orders { name } } }", "variables": {"s": slug}}
        return Client().post("/api/graphql/", query, content_type="application/json", headers=headers)

    answers = [read(world.event.slug) for world in (own, foreign)]

    if user is None:
        assert [answer.status_code for answer in answers] == [401, 401]
    else:
        reached = [answer.json()["data"]["event"] is not None for answer in answers]
        assert reached == [Right.WATCH in RIGHTS.get(who, ()) or user.is_superuser, user.is_superuser]
