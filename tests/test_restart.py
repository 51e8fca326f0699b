"""kill -9 at every point of the main journey, then a new start with the same data. Nothing is lost, and nothing happens
twice."""

from __future__ import annotations

import base64
import http.client
import os
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from expresso.family import find_program
from tests import deployment, migrated
from tests.carrier import Carrier, carrier
from tests.conftest import on_default, on_full
from tests.deployment import Answer, Deployment, new_sid, processes, until
from tests.pages import Visitors, visitors

pytestmark = pytest.mark.timeout(300)


def kill_and_start_again(cafe: Deployment) -> None:
    cafe.kill()
    cafe.start()


@pytest.mark.browser
@on_default
def test_killed_at_each_point_the_main_job_goes_on_where_it_was(cafe: Deployment, there: Visitors) -> None:
    tablet, wall, phone = there.tablet(), there.wall(), there.phone()
    before = len(phone.texts())
    phone.text("large oat latte for Sam")
    tablet.shows("Sam", "waiting")
    code = tablet.code_of("Sam")

    kill_and_start_again(cafe)

    # The tablet's open page reconnects by itself.
    tablet.is_live()
    tablet.shows("Sam", "waiting")
    tablet.tap("Start", "Sam")
    tablet.shows("Sam", "making")

    kill_and_start_again(cafe)

    tablet.is_live()
    tablet.shows("Sam", "making")
    with cafe.frozen("manage.py work"):
        tablet.tap("Ready", "Sam")
        tablet.shows("Sam", "ready")
        assert cafe.texts(code) == [("ready", "queued")]
        cafe.kill()
    cafe.start()

    wall.is_live()
    wall.shows("Sam", "ready")
    expect(phone.received).to_have_count(before + 2)
    until(cafe.is_idle, what="the end of all sending")

    kill_and_start_again(cafe)

    tablet.is_live()
    tablet.tap("Collected", "Sam")
    tablet.shows_no("Sam")
    until(cafe.is_idle, what="the end of all sending")
    assert cafe.orders()[-1] == (code, "Sam", "collected")
    assert cafe.verbs(code) == ["place", "start", "ready", "collect"]
    assert cafe.texts(code) == [("ready", "delivered")]
    phone.page.reload()
    assert len(phone.texts()) == before + 2
    assert there.faults.of_scripts() == []


@on_default
def test_texts_under_way_at_the_kill_are_taken_once_when_they_come_again(cafe: Deployment) -> None:
    """Twilio sends the text again with the same sid, to the same or the fallback address. It must get the same
    reply."""
    sids = {f"+1202555{number}": new_sid() for number in range(1000, 1060)}
    answered: dict[str, Answer] = {}

    def send(senders: list[str]) -> None:
        with suppress(OSError):
            for sender in senders:
                answered[sender] = cafe.text("large flat white", sid=sids[sender], sender=sender)

    threads = [threading.Thread(target=send, args=(list(sids)[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    until(lambda: len(answered) >= 8, what="the first answers")
    kill_and_start_again(cafe)
    for thread in threads:
        thread.join()
    before = dict(answered)

    again = {sender: cafe.text("large flat white", sid=sid, sender=sender) for sender, sid in sids.items()}

    assert 8 <= len(before) < len(sids)
    assert {sender: again[sender] for sender in before} == before
    assert {answer.status for answer in again.values()} == {200}
    phones = cafe.rows("SELECT phone FROM orders_order JOIN accounts_customer c ON c.id = customer_id")
    assert Counter(phone for (phone,) in phones if phone in sids) == dict.fromkeys(sids, 1)


@pytest.mark.browser
def test_killed_while_a_text_is_being_sent_the_customer_gets_it_once(tmp_path: Path, browser: Browser) -> None:
    migrated.copy_to(tmp_path / "var" / "expresso.sqlite3")
    with carrier(tmp_path) as twilio, deployment.running(deployment.default(tmp_path, **twilio.environment)) as cafe:
        twilio.takes = True
        taken_before_the_kill = killed_while_sending(cafe, browser, twilio, name="Sam")

        assert cafe.texts(taken_before_the_kill) == [("ready", "sent")]
        assert times_taken(twilio, taken_before_the_kill) == 1

        twilio.takes = False
        lost_by_the_kill = killed_while_sending(cafe, browser, twilio, name="Robin")

        assert cafe.texts(lost_by_the_kill) == [("ready", "sent")]
        assert times_taken(twilio, lost_by_the_kill) == 1


def killed_while_sending(cafe: Deployment, browser: Browser, twilio: Carrier, *, name: str) -> str:
    """Kill everything while the worker waits for Twilio's response, and start again. Return the order's code."""
    twilio.asked.clear()
    twilio.answers.clear()
    with visitors(browser, cafe) as there:
        assert cafe.text(f"large oat latte for {name}").status == 200
        tablet = there.tablet()
        tablet.tap("Start", name)
        tablet.shows(name, "making")
        tablet.tap("Ready", name)
        tablet.shows(name, "ready")
        code = tablet.code_of(name)
        assert twilio.asked.wait(20), "the worker never asked"
        cafe.kill()
    assert cafe.texts(code) == [("ready", "sending")]
    twilio.takes = True
    twilio.answers.set()
    let_claims_lapse(cafe)
    cafe.start()
    until(cafe.is_idle, seconds=30, what="the end of all sending")
    assert cafe.verbs(code) == ["place", "start", "ready"]
    return code


def let_claims_lapse(cafe: Deployment) -> None:
    """Make all claims of texts a minute older. After 45 s another worker is allowed to claim a text again."""
    cafe.write(
        "UPDATE sms_outboundmessage SET claimed_at = datetime(claimed_at, '-1 minute') WHERE claimed_at IS NOT NULL"
    )


def times_taken(twilio: Carrier, code: str) -> int:
    return sum(code in message["body"] for message in twilio.taken)


@on_full
@pytest.mark.parametrize("master", ["gunicorn", *(["nginx: master"] if find_program("nginx") else [])])
def test_a_killed_master_is_started_again_without_its_old_children(cafe: Deployment, master: str) -> None:
    def pids() -> set[int]:
        assert cafe.process
        return {pid for pid, command in processes(cafe.process.pid).items() if master.split(":")[0] in command}

    before = pids()
    os.kill(min(before), signal.SIGKILL)

    until(lambda: len(pids()) == len(before) and not pids() & before, seconds=30, what="a new master")
    until(lambda: _answers_a_text(cafe), seconds=30)


def _answers_a_text(cafe: Deployment) -> bool:
    try:
        return cafe.text("large oat latte", sid=new_sid(), sender="+12025550177").status == 200
    except OSError:
        # The connection is refused until gunicorn's new main process has loaded. The caller tries again.
        return False


@on_full
def test_the_spare_takes_over_when_all_socket_servers_are_killed(cafe: Deployment) -> None:
    """When all socket servers are killed, pages can soon connect again, because a spare server takes over.

    It has already loaded all modules. This took a new process 7 to 17 seconds on a busy machine."""

    def servers() -> set[int]:
        assert cafe.process
        return {pid for pid, command in processes(cafe.process.pid).items() if "expresso.daphne" in command}

    # The spare process starts last, so it has the highest process id.
    until(lambda: len(servers()) == 3, seconds=90, what="the spare")
    assert _opens_socket(cafe)

    *killed, spare = sorted(servers())
    said = len(cafe.said())
    for pid in killed:
        os.kill(pid, signal.SIGKILL)

    began = time.monotonic()
    until(lambda: _opens_socket(cafe), seconds=60, what="a socket server")
    print(f"sockets came back after {time.monotonic() - began:.1f} s")
    until(lambda: "spare_takes_over" in cafe.said()[said:], what="the spare")
    until(lambda: len(servers()) == 3, seconds=90, what="the next spare")
    assert spare in servers()
    assert servers().isdisjoint(killed)


def _opens_socket(cafe: Deployment) -> bool:
    """Return whether a page could open a WebSocket. nginx responds with 502 while no socket server runs."""
    connection = http.client.HTTPConnection("127.0.0.1", cafe.port, timeout=2)
    wanted = {
        "Host": f"localhost:{cafe.port}",
        "Origin": f"http://localhost:{cafe.port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
    }
    try:
        connection.request("GET", "/ws/orders/no-such-order/en/", headers=wanted)
        return connection.getresponse().status in (101, 403)
    except OSError:
        return False
    finally:
        connection.close()
