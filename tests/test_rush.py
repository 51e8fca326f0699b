"""Twenty orders a second arrive while five hundred sockets are open. One of the sockets is in a real browser."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from dataclasses import asdict

import pytest

from bench.rounds import PHONES, TABLETS, WALLS
from bench.rush import Audience, Rush, Sent
from bench.texts import SmsWebhook, Texts
from tests.conftest import on_default
from tests.deployment import Deployment
from tests.pages import PATIENCE, Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180), on_default]

#: Orders per second, and for how many seconds.
ORDERS, SECONDS = 20, 5
#: Script that records when each ticket appeared on the page, by the order's code.
WATCH = """() => {
  window.came = {};
  const look = () => {
    for (const code of document.querySelectorAll(".ticket .code")) window.came[code.textContent] ??= Date.now();
  };
  new MutationObserver(look).observe(document.getElementById("main"), { childList: true, subtree: true });
}"""


def test_every_ticket_comes_to_the_tablet_once(there: Visitors) -> None:
    at = there.at
    at.write("UPDATE stations_event SET max_open_orders = 0, max_drinks_per_window = 0")
    at.write("UPDATE inventory_stock SET on_hand = 9000000")
    at.write("UPDATE stations_station SET is_open = (slug = 'bar-1')")
    tablet = there.tablet()
    tablet.page.evaluate(WATCH)

    client = [sys.executable, "-m", "bench.rush"]
    done = subprocess.run(client, input=json.dumps(asdict(rush(there))), stdout=subprocess.PIPE, text=True, check=True)
    sent = Sent(**json.loads(done.stdout.splitlines()[-1]))

    assert (sent.failed, sent.lost, len(sent.at_ms)) == (0, 0, ORDERS * SECONDS)
    tablet.waits_for(lambda: sent.at_ms.keys() <= tablet.page.evaluate("window.came").keys(), within=PATIENCE)
    codes = tablet.page.locator(".ticket .code").all_text_contents()
    assert len(codes) == len(set(codes))
    # A frame contains all changes since the frame before, so a socket gets at most one frame for each order.
    assert sent.frames <= ORDERS * SECONDS * (TABLETS + WALLS + PHONES)


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
