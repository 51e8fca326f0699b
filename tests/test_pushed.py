"""Web push in the complete Chromium, which receives and shows it. chromium-headless-shell cannot receive web push."""

from __future__ import annotations

import json

import pytest

from tests.conftest import on_default
from tests.pages import LivePage, Visitors
from tests.stops import EVENT

pytestmark = [pytest.mark.browser, pytest.mark.whole_browser, pytest.mark.timeout(90), on_default]

REGISTERED = """async () => {
  const worker = await navigator.serviceWorker.register("/orders/sw.js", { scope: "/orders/" });
  const its = worker.installing ?? worker.waiting ?? worker.active;
  if (its.state === "activated") return;
  await new Promise((done) => its.addEventListener("statechange", () => its.state === "activated" && done()));
}"""
SHOWN = """async () => {
  const worker = await navigator.serviceWorker.getRegistration("/orders/");
  return (await worker.getNotifications()).map((each) => [each.body, each.data.id, each.renotify]);
}"""


def test_device_shows_what_is_pushed_and_rings_again_only_for_what_is_new(there: Visitors) -> None:
    page = there.tab()
    page.context.grant_permissions(["notifications"], origin=there.at.url)
    page.goto(EVENT)
    browser = page.context.new_cdp_session(page)
    workers: list[str] = []
    browser.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: workers.extend(each["registrationId"] for each in event["registrations"]),
    )
    browser.send("ServiceWorker.enable")
    page.evaluate(REGISTERED)
    device = LivePage(page)
    device.waits_for(lambda: bool(workers))

    def comes(pushed: dict[str, object], *, shown: list[object]) -> None:
        told = {"title": "Demo conference", "order": "order-1", "url": "/orders/x/"} | pushed
        what = {"origin": there.at.url, "registrationId": workers[-1], "data": json.dumps(told)}
        browser.send("ServiceWorker.deliverPushMessage", what)
        device.waits_for(lambda: page.evaluate(SHOWN) == [shown])

    comes({"id": 1, "body": "Sam, it is ready"}, shown=["Sam, it is ready", 1, True])
    comes({"id": 1, "body": "Sam, it is ready"}, shown=["Sam, it is ready", 1, False])
    comes({"id": 2, "body": "Sam, it is still here"}, shown=["Sam, it is still here", 2, True])
    assert there.faults.seen == []
