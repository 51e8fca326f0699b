"""Twenty orders a second arrive while five hundred sockets listen, one of them that of a real browser."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from dataclasses import asdict
from statistics import median, quantiles

import pytest
from playwright.sync_api import Page

from bench.rounds import PHONES, TABLETS, WALLS
from bench.rush import Audience, Rush, Sent
from bench.texts import SmsWebhook, Texts
from tests.conftest import on_default
from tests.deployment import Deployment
from tests.pages import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.alone, pytest.mark.timeout(180), on_default]

#: Orders per second, and for how many seconds.
ORDERS, SECONDS = 20, 5
#: Milliseconds for 99 of 100 orders, in the best round: other work of the machine would have to spoil every round.
WITHIN, ROUNDS = 1000, 3
#: Notes in the page when each ticket appeared, by its code.
WATCH = """() => {
  window.came = {};
  const look = () => {
    for (const code of document.querySelectorAll(".ticket .code")) window.came[code.textContent] ??= Date.now();
  };
  new MutationObserver(look).observe(document.getElementById("main"), { childList: true, subtree: true });
}"""


def test_a_ticket_stands_on_the_tablet_within_a_second_of_its_text(
    there: Visitors, record_property: Callable[[str, object], None]
) -> None:
    at = there.at
    at.write("UPDATE stations_event SET max_open_orders = 0, max_drinks_per_window = 0")
    at.write("UPDATE inventory_stock SET on_hand = 9000000")
    at.write("UPDATE stations_station SET is_open = (slug = 'bar-1')")
    tablet = there.tablet()
    tablet.page.evaluate(WATCH)

    p99 = [one_round(there, tablet.page)]
    while min(p99) > WITHIN and len(p99) < ROUNDS:
        p99.append(one_round(there, tablet.page))

    record_property("rush_p99_ms", p99)
    assert min(p99) <= WITHIN


def one_round(there: Visitors, page: Page) -> float:
    there.at.close_all_orders()
    client = [sys.executable, "-m", "bench.rush"]
    given = json.dumps(asdict(rush(there)))
    done = subprocess.run(client, input=given, stdout=subprocess.PIPE, text=True, check=True)
    sent = Sent(**json.loads(done.stdout.splitlines()[-1]))

    came = page.evaluate("window.came")
    waits: list[float] = [came[code] - at_ms for code, at_ms in sent.at_ms.items()]
    p50, p99 = (quantiles(waits, n=100)[percent - 1] for percent in (50, 99))
    answered = median(sent.answered_ms)
    print(f"text to answer p50 {answered:.0f} ms, to tablet p50 {p50:.0f} ms, p99 {p99:.0f} ms; {sent.frames} frames")
    assert (len(waits), sent.failed, sent.lost) == (ORDERS * SECONDS, 0, 0)
    return p99


def rush(there: Visitors) -> Rush:
    at = there.at
    texts = Texts(SmsWebhook(at.url, at.token, at.number))
    followed = at.text("large oat latte for Fay")
    assert "Got it" in followed.reply
    [(token,)] = at.rows("SELECT token FROM orders_order ORDER BY id DESC LIMIT 1")
    staff = headers(there)
    return Rush(
        port=at.port,
        requests=[b64encode(request).decode() for request in texts.take(ORDERS * SECONDS)],
        per_second=ORDERS,
        audiences=[
            Audience(socket_at(at, "stations/bar-1/"), TABLETS, staff),
            Audience(socket_at(at, "events/demo/wall/"), WALLS, staff),
            Audience(socket_at(at, f"orders/{token}/en/"), PHONES, {"Origin": at.url}),
        ],
    )


def socket_at(at: Deployment, path: str) -> str:
    return f"ws://127.0.0.1:{at.port}/ws/{path}"


def headers(there: Visitors) -> dict[str, str]:
    cookies = there.contexts[0].cookies()
    return {"Cookie": "; ".join(f"{c['name']}={c['value']}" for c in cookies), "Origin": there.at.url}
