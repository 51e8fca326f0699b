"""Page objects: what a person reads and taps on Expresso's pages.

Playwright's locators wait for their element, so most methods need no sleep."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

from tests.deployment import Deployment, until

#: Maximum milliseconds until a page shows a change. Most changes show much sooner, but a busy machine is slow. How long
#: a change takes is a figure of `make bench`.
PATIENCE = 10_000
expect.set_options(timeout=PATIENCE)
#: Milliseconds to wait after a change of the page, because the page then ignores taps for 350 ms (against double taps).
DOUBLE_TAP = 500
TABLET, SCREEN, HANDSET = (
    {"viewport": {"width": 1280, "height": 800}, "has_touch": True},
    {"viewport": {"width": 1920, "height": 1080}},
    {"viewport": {"width": 390, "height": 844}, "has_touch": True},
)
# Script that records when the page last changed. After a change requests.js ignores taps on tickets for 350 ms.
NOTE_CHANGES = """window.changedAt = -1000;
  for (const event of ["htmx:afterSwap", "expresso:moved"]) {
    document.addEventListener(event, () => (window.changedAt = performance.now()));
  }"""
SETTLED = "() => performance.now() - window.changedAt > 400"
# Script that logs violations of the content security policy with a prefix, so that they stand out in the console.
REPORT_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""


@dataclass
class Faults:
    """Collects all errors that the browser reports: console messages, policy violations, failed requests."""

    seen: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"script: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def of_scripts(self) -> list[str]:
        """Return only script errors and policy violations. A lost connection can cause the other errors."""
        return [fault for fault in self.seen if fault.startswith("script:") or "CSP:" in fault]

    def _console(self, message: ConsoleMessage) -> None:
        # Ignore htmx's message about a request that the page aborted, for example because the user left the page.
        if message.type in ("error", "warning") and "htmx:sendAbort" not in message.text:
            self.seen.append(f"{message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        # Ignore open requests that were aborted because the user left the page.
        if request.failure != "net::ERR_ABORTED":
            self.seen.append(f"{request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.seen.append(f"{response.request.method} {response.url}: {response.status}")


@dataclass
class Visitors:
    """Opens tabs at one deployment. Each tab has its own cookies and storage."""

    browser: Browser
    at: Deployment
    faults: Faults = field(default_factory=Faults)
    contexts: list[BrowserContext] = field(default_factory=list)
    #: The users who were seen to be signed in by the deployment's cookies.
    known: set[str] = field(default_factory=set)

    def tab(self, **options: Any) -> Page:
        context = self.browser.new_context(base_url=self.at.url, **options)
        context.set_default_timeout(PATIENCE)
        context.set_default_navigation_timeout(PATIENCE)
        self.faults.watch(context)
        context.add_init_script(NOTE_CHANGES)
        self.contexts.append(context)
        if port := self.at.http_port:
            # Without nginx, the test itself sends requests for /ws/ to Daphne and all others to the WSGI workers.
            rest = re.compile(re.escape(self.at.url) + "/(?!ws/)")
            context.route(
                rest, lambda route, request: route.continue_(url=request.url.replace(f":{self.at.port}", f":{port}", 1))
            )
        return context.new_page()

    def signed_in(self, username: str, **options: Any) -> Page:
        page = self.tab(**options)
        page.goto("/")
        sign_in(page, username, self.at.password_of(username))
        return page

    def visitor(self, username: str, **options: Any) -> Page:
        """Open a tab, signed in as this user, or not signed in if the name is "". The deployment keeps the user's
        cookies for later tabs and tests, because checking a password takes a quarter of a second of processor time."""
        if username and username not in self.known:
            self.at.cookies[username] = self._cookies_of(username)
            self.known.add(username)
        page = self.tab(**options)
        page.context.add_cookies(self.at.cookies.get(username, []))
        return page

    def _cookies_of(self, username: str) -> list[Any]:
        """Return the cookies that the deployment keeps for this user. If they are none or no longer signed in, sign in
        by plain HTTP requests, which is faster than filling in the form."""
        context = self.browser.new_context(base_url=self.at.url)
        if kept := self.at.cookies.get(username):
            context.add_cookies(kept)
            is_signed_in = context.request.get("/accounts/you/", max_redirects=0).ok
            if is_signed_in:
                context.close()
                return kept
            context.clear_cookies()
        context.request.get("/accounts/login/")
        [token] = [cookie.get("value", "") for cookie in context.cookies()]
        form: dict[str, str | float | bool] = {
            "username": username,
            "password": self.at.password_of(username),
            "csrfmiddlewaretoken": token,
        }
        assert context.request.post("/accounts/login/", form=form).url == f"{self.at.url}/"
        cookies: list[Any] = context.cookies()
        context.close()
        return cookies

    def tablet(self, username: str = "maya", station: str = "bar-1", *, own_clock: bool = False) -> Tablet:
        """Open a station's board. With `own_clock` the test can move the page's clock forward instead of waiting."""
        page = self.visitor(username, **TABLET)
        if own_clock:
            page.clock.install()
        return Tablet(page).open(f"/stations/{station}/")

    def wall(self, username: str = "wall") -> Wall:
        return Wall(self.visitor(username, **SCREEN)).open("/events/demo/wall/")

    def phone(self, username: str = "maya", number: int = 1) -> Phone:
        page = self.signed_in(username, **SCREEN)
        page.goto("/simulator/")
        return Phone(page, number)

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()


@contextmanager
def visitors(browser: Browser, at: Deployment) -> Iterator[Visitors]:
    those = Visitors(browser, at)
    try:
        yield those
    finally:
        those.close()


def sign_in(page: Page, username: str, password: str) -> None:
    page.get_by_label("Name").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name=re.compile("Sign out"))).to_be_visible()


@dataclass
class LivePage:
    """A page with a WebSocket. `root` is the id of the HTML fragment that the server pushes."""

    page: Page
    root: str = ""

    def open(self, path: str) -> Self:
        self.page.goto(path)
        self.is_live()
        return self

    def is_live(self, *, within: int = PATIENCE) -> None:
        """Wait until the page shows that it is live, which it does after the first message from its WebSocket."""
        self.page.wait_for_function(IS_LIVE, timeout=within)

    def is_not_live(self, *, within: int = PATIENCE) -> None:
        expect(self.banner).to_be_visible(timeout=within)
        expect(self.banner).to_contain_text("Not live since")

    def waits_for(self, ask: Callable[[], bool], *, within: int = PATIENCE) -> None:
        """Call `ask` until it returns True. Between two calls the browser handles its events."""

        def now() -> bool:
            self.page.wait_for_timeout(10)
            return ask()

        until(now, seconds=within / 1000)

    def passes(self, seconds: float) -> None:
        """Move the page's own clock forward, and run all timers that are due in this time."""
        self.page.clock.run_for(int(seconds * 1000))

    def hears_a_beat(self) -> None:
        """Wait for the next pulse, a message that the server sends to every page at a fixed interval.

        A change that shows before the following pulse must have been pushed."""
        self.page.evaluate(NEXT_BEAT)

    @property
    def banner(self) -> Locator:
        return self.page.locator("#live-banner")

    @property
    def version(self) -> str:
        return self.page.locator(f"#{self.root}").get_attribute("data-version") or ""

    @property
    def body(self) -> str:
        """Return the text of the live fragment without the ages of orders, because each browser computes ages by
        itself."""
        return str(self.page.evaluate(WORDS_WITHOUT_AGES, self.root))


IS_LIVE = """() => document.documentElement.dataset.connection === "live"
  && document.getElementById("live-banner").hidden && document.getElementById("pulse").dataset.version"""
NEXT_BEAT = """() => new Promise((resolve) => {
  const before = document.getElementById("pulse");
  const look = () => document.getElementById("pulse") === before ? requestAnimationFrame(look) : resolve();
  look();
})"""
WORDS_WITHOUT_AGES = """(root) => {
  const copy = document.getElementById(root).cloneNode(true);
  for (const time of copy.querySelectorAll("time")) time.remove();
  return copy.textContent.replace(/\\s+/g, " ").trim();
}"""


@dataclass
class Tablet(LivePage):
    root: str = "board"

    def open(self, path: str) -> Self:
        super().open(path)
        self.starts_shift()
        return self

    def starts_shift(self) -> None:
        """Tap "Start shift", if this tablet has not done so yet. The tap allows the page to play sounds."""
        start = self.page.get_by_role("button", name="Start shift")
        if start.is_visible():
            start.click()

    def ticket(self, name: str, status: str = "") -> Locator:
        """Return the ticket with this name in the column of `status`; in any column if `status` is ""."""
        where = f'.column[data-status="{status}"] ' if status else ""
        return self.page.locator(f"{where}.ticket").filter(has=self.page.locator(f'h3 .name:text-is("{name}")'))

    def shows(self, name: str, status: str = "", *, within: int = PATIENCE) -> None:
        expect(self.ticket(name, status)).to_have_count(1, timeout=within)
        expect(self.ticket(name, status)).to_be_visible()

    def shows_no(self, name: str) -> None:
        expect(self.ticket(name)).to_have_count(0)

    def tap(self, label: str, name: str) -> None:
        """Tap the ticket's main button, and wait for the server's response."""
        with self.page.expect_response(lambda response: response.request.method == "POST"):
            self.touch(label, name)

    def touch(self, label: str, name: str) -> None:
        # Wait first: just after a change, the page would ignore the tap as the second half of a double tap.
        self.page.wait_for_function(SETTLED)
        self.ticket(name).get_by_role("button", name=re.compile(f"^{label} ")).click()

    def opens_more(self, name: str) -> Locator:
        """Open the dialog "More" of a ticket. It has all actions except the ticket's next step."""
        self.ticket(name).get_by_label("More for").click()
        expect(self.more).to_be_visible()
        return self.more

    def cancels(self) -> Locator:
        """Open the cancellation in the dialog "More", and return its text field for the reason."""
        self.more.locator(".call-off > summary").click()
        return self.more.get_by_label("Or in your words")

    @property
    def more(self) -> Locator:
        return self.page.locator("#more")

    @property
    def said(self) -> Locator:
        return self.page.locator("#said")

    def code_of(self, name: str) -> str:
        # inner_text would be empty for tickets far below the screen, because the browser does not lay them out.
        return (self.ticket(name).locator(".code").text_content() or "").strip()


@dataclass
class Wall(LivePage):
    root: str = "wall"

    def shows(self, name: str, panel: str, *, within: int = PATIENCE) -> None:
        """Wait until the wall display shows this name in the list `panel` ("preparing" or "ready")."""
        expect(self.entry(name, panel)).to_be_visible(timeout=within)

    def entry(self, name: str, panel: str) -> Locator:
        return self.page.locator(f'#list-{panel} li .name:text-is("{name}")')

    def shows_no(self, name: str) -> None:
        for panel in ("preparing", "ready"):
            expect(self.entry(name, panel)).to_have_count(0)


@dataclass
class Phone:
    """One phone of the phone simulator."""

    page: Page
    number: int = 1

    @property
    def box(self) -> Locator:
        return self.page.locator(f"#phone-{self.number}")

    def text(self, body: str) -> None:
        """Send a text, and wait until the phone shows the text and the reply."""
        mine = self.box.locator(".bubble.mine")
        before = mine.count()
        self.type(body)
        expect(mine).to_have_count(before + 1)

    def type(self, body: str) -> None:
        self.box.get_by_placeholder("Text message").fill(body)
        self.box.get_by_role("button", name=re.compile("^Send from")).click()

    @property
    def received(self) -> Locator:
        return self.box.locator(".bubble.theirs .bubble-text")

    def texts(self) -> list[str]:
        return [text.strip() for text in self.received.all_inner_texts()]


@dataclass
class Tracking:
    page: Page

    def open(self, token: str) -> Self:
        self.page.goto(f"/orders/{token}/")
        return self

    def says(self, word: str) -> None:
        expect(self.page.locator(".tracking-word")).to_contain_text(word)
