"""GET /health runs all checks, and reports whether this deployment can take orders and send texts.

Two other URLs serve programs that manage processes. If `/health/live` does not answer, the process hangs and has to be
restarted. If `/health/ready` reports a failure, the process must get no requests for now.

The status "down" (503) means that no orders are taken or no texts are sent. "degraded" (200) means that both work, but
more slowly. Only callers inside our network get reasons (see `is_inside`). A reason names only the kind of a failure,
because drivers' messages contain hosts, accounts and phone numbers."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from channels.layers import channel_layers
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import client_address
from expresso.replicas import replicas
from orders.live import beats
from sms.models import Delivery, OutboundMessage
from sms.tasks import waiting_since

#: Maximum duration of the checks in seconds. They run in parallel, so the response takes no longer than this.
PATIENCE = 1.5
#: A text that has been queued for more seconds than this shows that no worker sends texts.
STUCK_AFTER = 120.0
STARTED = time.monotonic()

_checkers = ThreadPoolExecutor(max_workers=8, thread_name_prefix="health")


class Down(Exception):
    """A check failed. The message is the reason."""


class Degraded(Exception):
    """The checked part works, but not as well as it should. The message is the reason."""


@dataclass(frozen=True)
class Result:
    """Result of a check: the facts that it found, and the reason why the checked part does not work well ("" if it
    does).

    With a reason, `is_down` tells whether the part is down (True) or only degraded (False)."""

    facts: dict[str, Any]
    reason: str = ""
    is_down: bool = True


#: Paths that can be requested under any host name, because their responses contain no links.
PATHS = frozenset({"/health", "/health/live", "/health/ready", "/metrics"})
Responder = Callable[[HttpRequest], HttpResponseBase]
Check = Callable[[], dict[str, Any]]


def process() -> dict[str, Any]:
    return {"uptime_seconds": round(time.monotonic() - STARTED, 1)}


def database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"vendor": connection.vendor}


def cache_round_trip() -> dict[str, Any]:
    """Check the cache by writing and reading a value.

    Without the cache, the API's rate limits do not work, and wrong sign-in codes are not counted."""
    # Use a random key. Processes in several containers can have the same process id and share one Redis.
    key = f"health-{secrets.token_hex(8)}"
    cache.set(key, key, timeout=5)
    if cache.get(key) != key:
        raise Down("forgot a value at once")
    return {"kind": "redis" if settings.REDIS_URL else "memory"}


def layer_round_trip() -> dict[str, Any]:
    """Check the channel layer by sending and receiving a message. Without it, boards are updated up to 3 s later."""
    asyncio.run(_send_and_receive())
    return {"kind": "redis" if settings.REDIS_URL else "memory"}


async def _send_and_receive() -> None:
    # Make a new layer for the check, because the shared one is bound to the event loop that first used it.
    layer = channel_layers.make_backend("default")
    try:
        async with asyncio.timeout(PATIENCE):
            channel = await layer.new_channel()
            await layer.send(channel, {"type": "health"})
            await layer.receive(channel)
    finally:
        if hasattr(layer, "close_pools"):
            await layer.close_pools()


def processes() -> dict[str, Any]:
    """Return the names of socket servers and task workers; {} without Redis.

    Raise Degraded if some give no signs of life, and Down if all socket servers or all task workers give none."""
    if not settings.REDIS_URL:
        return {}  # without Redis, processes cannot see each other's signs of life
    silent = {kind: beats.silence(kind) for kind in (beats.SOCKETS, beats.WORKERS)}
    frozen = [name for signs in silent.values() for name, seconds in signs.items() if seconds > beats.FROZEN_AFTER]
    for kind, signs in silent.items():
        if signs and min(signs.values()) > beats.FROZEN_AFTER:
            raise Down(f"include no {kind} that answers (silent: {', '.join(signs)})")
    if frozen:
        raise Degraded(f"do not all answer (silent: {', '.join(frozen)})")
    return {kind: sorted(signs) for kind, signs in silent.items()}


def replica_state() -> dict[str, Any]:
    left_out = [replica.alias for replica in replicas if not replica.is_usable()]
    if left_out:
        raise Degraded(f"are down or behind: {', '.join(left_out)}. Reports and lists are read from the primary")
    return {replica.alias: replica.behind for replica in replicas}


def sms() -> dict[str, Any]:
    """Check the sending of texts. Raise Down if a text has been waiting for too long.

    Return whether Twilio or the simulator sends texts, the status of the latest text, and the number and age of waiting
    texts."""
    waiting, now = waiting_since(), timezone.now()
    age = round((now - min(waiting, default=now)).total_seconds(), 1)
    facts = {
        "sent_by": "simulator" if settings.SIMULATOR else "twilio",
        "last": _last_result(),
        "queue": len(waiting),
        "oldest_seconds": max(age, 0.0),
    }
    if age > STUCK_AFTER:
        raise Down("has texts waiting that nobody sends: is a task worker running?")
    return facts


def _last_result() -> dict[str, Any] | None:
    tried = OutboundMessage.objects.exclude(status__in=[Delivery.QUEUED, Delivery.SENDING])
    # Sort by primary key, because there is no index by time. Such an index would have to be updated for each text.
    last = tried.order_by("-pk").values("status", "error_code", "created_at").first()
    if last is None:
        return None
    return {"status": last["status"], "error": last["error_code"], "at": last["created_at"].isoformat()}


def found(check: Check) -> Result:
    """Run one check and return its result. Call this in a separate thread, because a dead server makes it wait."""
    try:
        return Result(check())
    except Down as down:
        return Result({}, str(down))
    except Degraded as degraded:
        return Result({}, str(degraded), is_down=False)
    except Exception as error:  # drivers raise all kinds of exceptions, and each means that the server is down
        return Result({}, f"does not answer ({type(error).__name__})")
    finally:
        connections.close_all()


def run(checks: dict[str, Check]) -> dict[str, Result]:
    running = {name: _checkers.submit(found, check) for name, check in checks.items()}
    deadline = time.monotonic() + PATIENCE
    results = {}
    for name, future in running.items():
        try:
            results[name] = future.result(max(deadline - time.monotonic(), 0))
        except TooLate:
            results[name] = Result({}, f"does not answer within {PATIENCE} s")
    return results


def is_inside(request: HttpRequest) -> bool:
    """Return whether a request comes from inside: from this machine, or from our network and not through our proxies.

    Each proxy (settings.PROXIES) adds an entry to X-Forwarded-For. If the header has fewer entries than that, or exists
    although there are no proxies, nobody knows who the client is. The result is False then."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if forwarded and not 0 < settings.PROXIES <= len(forwarded.split(",")):
        return False
    try:
        address = ip_address(client_address(request))
    except ValueError:
        return False
    return address.is_loopback or bool(address.is_private and settings.PROXIES and not forwarded)


def health_response(request: HttpRequest, checks: dict[str, Check]) -> JsonResponse:
    """Run the checks and return the result as JSON. Only callers inside our network also get the reasons and facts."""
    results = run(checks)
    reasons = [f"{name} {result.reason}" for name, result in results.items() if result.reason]
    is_down = any(result.reason and result.is_down and name not in SPARED for name, result in results.items())
    facts = {name: {"ok": not result.reason} | result.facts for name, result in results.items()}
    body: dict[str, Any] = {"ok": not reasons, "status": "down" if is_down else "degraded" if reasons else "ok"}
    if is_inside(request):
        body |= {"reasons": reasons, "checks": facts}
    return JsonResponse(body, status=503 if is_down else 200)


def by_any_name(get_response: Responder) -> Responder:
    """Middleware that lets health checks pass under any Host header, because load balancers use an IP address."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if request.path_info in PATHS:
            ours = (name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*")
            request.META["HTTP_HOST"] = next(ours, "localhost")
        return get_response(request)

    return respond


#: Names of checks whose failure means "degraded" and not "down": without the cache or the channel layer, orders and
#: texts are only slower.
SPARED = {"cache", "layer"}
SERVING: dict[str, Check] = {
    "process": process,
    "database": database,
    "cache": cache_round_trip,
    "layer": layer_round_trip,
}


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    return health_response(request, SERVING | {"processes": processes, "replicas": replica_state, "sms": sms})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    return health_response(request, SERVING)


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    return health_response(request, {"process": process})
