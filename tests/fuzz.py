"""Random requests as each role, for `tests/test_fuzz.py` and `make fuzz`.

Every URL of the site gets odd paths, queries, headers and bodies. No response is allowed to be a server error (5xx), to
open a page that docs/access.md does not allow, or to contain anything of another event."""

from __future__ import annotations

import json
import random
import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.apps import apps
from django.core.cache import cache
from django.db.models import Model
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.access import RIGHTS
from accounts.models import Role, User
from expresso.api import tokens
from expresso.api.urls import v1
from orders.tests import factory
from tests.forms import fields_of
from tests.odd_values import HEADERS, METHODS, NAMES, TEXTS, VALUES
from tests.roles import TABLE, browser_of
from tests.world import FOREIGN, World

#: Number of requests after which the role's own event is created anew, because some requests close, empty or rename it.
EACH_WORLD = 100
#: URL names of pages that belong to no event.
OF_NO_EVENT = {"account", "authenticator", "event-new", "home", "logout", "preferences", "simulator", "simulator-phone"}
#: Tables that every visit can change, and columns that every guest's order can change. `_compare` leaves them out.
NOT_COMPARED = {"django_session", "axes_accessattempt", "accounts_auditentry", "accounts_customer"}
COUNTERS = {"orders_taken", "reserved", "menu_version", "free_at", "last_login", "preferences", "password"}

#: Sign-in pages. Users are redirected there from pages that they are not allowed to open, and after signing out of the
#: admin.
SIGN_INS = ("/accounts/login/", "/admin/login/")


def routes(patterns: Any = None, before: str = "", inside: str = "") -> Iterator[tuple[str, str]]:
    """Yield, for every URL of the site, its name in docs/access.md and its complete pattern."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route, f"{each.namespace}:" if each.namespace else inside)
        elif isinstance(each, URLPattern) and "(" not in route:
            # URLs of the API and the second URL of the webhook for texts have no name in Django. docs/access.md lists
            # them as "api:…" and "sms".
            unnamed = "api:…" if route.startswith("api/") else "sms"
            yield (f"{inside}…" if inside else each.name or unnamed), route


def rows() -> dict[type[Model], dict[Any, dict[str, Any]]]:
    """Return the columns of all rows, by model and primary key."""
    found: dict[type[Model], dict[Any, dict[str, Any]]] = {}
    for model in apps.get_models():
        if model._meta.managed and model._meta.db_table not in NOT_COMPARED:
            columns = [column.attname for column in model._meta.concrete_fields if column.attname not in COUNTERS]
            found[model] = {
                row.pk: {name: getattr(row, name) for name in columns} for row in model._default_manager.all()
            }
    return found


@dataclass
class Fuzz:
    who: str
    seed: int
    findings: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(f"{self.who} {self.seed}")
        self.foreign = World(FOREIGN)
        self.foreign.fill(FOREIGN)
        self.before = rows()
        found = sorted(set(routes()))
        #: One list each for pages, the API and the admin. If they were one list, most requests would go to the admin.
        self.routes = [
            [each for each in found if ":" not in each[0]],
            [each for each in found if each[0] == "api:…"],
            [each for each in found if each[0] == "admin:…"],
        ]
        self.needs = {
            f"api/v1/{pattern.pattern}": getattr(getattr(pattern.callback, "view_class", None), "needs", {})
            for pattern in v1
        }

    def run(self, requests: int) -> None:
        for number in range(requests):
            if number % EACH_WORLD == 0:
                self._begin(number)
            self._ask()
        self._compare()

    def _begin(self, number: int) -> None:
        """Create the role's own event, and a user with the role at this event, with a browser and an API token."""
        # Clear the counts of the rate limits, which would refuse most of the requests.
        cache.clear()
        User.objects.filter(username=f"the-{self.who}").update(username=f"the-{self.who}-until-{number}")
        self.own = World(f"Own{number}")
        self.own.fill(f"Own{number}")
        self.client = browser_of(self.who, self.own.event)
        self.client.raise_request_exception = False
        self.user = User.objects.filter(username=f"the-{self.who}").first()
        self.token = tokens.sign_in(self.user).access if self.user else ""
        # Store which users exist before the requests, because `_compare` looks for users that the requests created.
        self.people = {person.pk: person.is_superuser for person in User.objects.all()}

    def _ask(self) -> None:
        name, pattern = self.random.choice(self.random.choices(self.routes, [5, 3, 2])[0])
        at_foreign = self.random.random() < 0.3
        path = self._path(pattern, self.foreign if at_foreign else self.own)
        method = self.random.choice(METHODS)
        query = self._query() if self.random.random() < 0.4 else ""
        content_type, body = self._body(path) if method not in ("GET", "HEAD") else ("", b"")
        headers = {name: self.random.choice(values) for name, values in HEADERS.items() if self.random.random() < 0.06}
        if self.token and pattern.startswith("api/") and self.random.random() < 0.85:
            headers["Authorization"] = f"Bearer {self.token}"
        if "Cookie" in headers and self.user:
            # Send no odd Cookie header, because the test client would then leave out its own cookies.
            del headers["Cookie"]
        address = path + (f"?{query}" if query else "")
        said = f"{self.who}: {method} {address[:200]} {str(headers)[:200]} {content_type[:40]} {body[:200]!r}"
        try:
            answer = self.client.generic(method, address, body, content_type, headers=headers)
        except UnicodeError as error:
            # No server can receive such a URL or header, so this is no fault.
            self.findings += [f"{said}\n  {error!r}"] if "ascii" not in str(error) and "latin" not in str(error) else []
            return
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        self._judge(said, name, pattern, method, answer, at_foreign=at_foreign)
        self._stay_signed_in()

    def _stay_signed_in(self) -> None:
        if self.user and "_auth_user_id" not in self.client.session:
            self.user.refresh_from_db()
            if self.user.is_active:
                self.client.force_login(self.user, backend="django.contrib.auth.backends.ModelBackend")
                self.token = tokens.sign_in(self.user).access

    # Methods that make requests

    def _path(self, pattern: str, world: World) -> str:
        """Return the URL of an existing row. One parameter in eight is replaced by an odd value."""
        if "object_id" in pattern and "/r/" not in pattern:
            pattern = pattern.replace("<path:object_id>", str(self._admin_row(pattern, world)))
        if world is self.foreign:
            # Replace keys and tokens, because a user who knows these secrets is allowed to open the page.
            pattern = re.sub(r"<(slug:key|str:token)>", "not-the-secret-of-22-ls", pattern)
        parts = [part for part in pattern.split("/") if part.startswith("<")]
        for part in parts:
            if self.random.random() < 0.12:
                odd = self.random.choice([*TEXTS, "\udcff"])[:400]
                pattern = pattern.replace(part, quote(odd, safe="", errors="surrogateescape") or "-", 1)
        try:
            return world.address(pattern)
        except KeyError:
            kinds = {"<content_type_id>": "1", "<path:url>": "a/b", "<app_label>": "orders"}
            for kind, value in kinds.items():
                pattern = pattern.replace(kind, value)
            return "/" + "/".join("1" if part.startswith("<") else part for part in pattern.split("/"))

    def _admin_row(self, pattern: str, world: World) -> Any:
        _admin, app, model, *_ = pattern.split("/")
        known = self.before.get(apps.get_model(app, model), {})
        if world is self.foreign and known:
            return self.random.choice(sorted(known, key=str))
        others = [
            pk for pk in apps.get_model(app, model)._default_manager.values_list("pk", flat=True) if pk not in known
        ]
        return self.random.choice(others) if others else "0"

    def _query(self) -> str:
        return urlencode([(self._name(), self.random.choice(TEXTS)[:900]) for _ in range(self.random.randint(1, 4))])

    def _name(self) -> str:
        return self.random.choice(NAMES if self.random.random() < 0.95 else TEXTS)[:200]

    def _body(self, path: str) -> tuple[str, bytes]:
        fields = self._fields(path)
        kind = self.random.random()
        if kind < (0.85 if path.startswith("/api/") else 0.08):
            return "application/json", self._json()
        if kind < 0.7:
            return "application/x-www-form-urlencoded", urlencode(fields, doseq=True, errors="replace").encode()
        if kind < 0.85:
            files = {name: [str(value) for value in values] for name, values in fields.items()}
            return MULTIPART_CONTENT, encode_multipart(BOUNDARY, files)
        odd = ["text/plain", "multipart/form-data", "multipart/form-data; boundary=\xff", "application/xml", "x", ""]
        junk = bytes(self.random.randrange(256) for _ in range(self.random.choice([0, 1, 40, 4000])))
        return self.random.choice([*odd, "application/x-www-form-urlencoded; charset=utf-99", "application/json"]), junk

    def _fields(self, path: str) -> dict[str, list[str]]:
        """Return odd form fields. Half of the time they include the page's own fields, some with changed values."""
        found: dict[str, list[str]] = {}
        if not path.startswith("/api/") and self.random.random() < 0.5:
            page = self.client.get(path)
            if page.status_code == 200 and page.headers.get("Content-Type", "").startswith("text/html"):
                found = dict(fields_of(page))
        for name in list(found):
            if self.random.random() < 0.15:
                found[name] = [self.random.choice(TEXTS)]
        for _ in range(self.random.randint(0, 4)):
            found[self._name()] = [self.random.choice(TEXTS) for _ in range(self.random.randint(1, 2))]
        return found

    def _json(self) -> bytes:
        body: Any = {self._name(): self.random.choice(VALUES) for _ in range(self.random.randint(0, 5))}
        if self.random.random() < 0.5:
            items = [{"drink": "Latte", "quantity": self.random.choice([1, *VALUES])}, self.random.choice(VALUES)]
            body |= {"items": self.random.choice([items, items[:1]])}
        if self.random.random() < 0.15:
            body = self.random.choice(VALUES)
        text = json.dumps(body)
        return self.random.choice([text] * 9 + ["{", text + "]", "[" * 5000, '{"a": NaN}', '{"a": "\\ud800"}']).encode()

    # Methods that check responses

    def _judge(self, said: str, name: str, pattern: str, method: str, answer: Any, *, at_foreign: bool) -> None:
        status = answer.status_code
        # /health responds with 503 here, because no worker runs in this test.
        if status >= 500 and not (status == 503 and name.startswith("health")):
            self.findings.append(f"{said}\n  {status}: {_cause(answer)[-1500:]}")
        opened = status < 300 or (status == 302 and not answer.headers["Location"].startswith(SIGN_INS))
        if opened and method != "OPTIONS" and not self._may_open(name, pattern, method, at_foreign=at_foreign):
            self.findings.append(f"{said}\n  opened: {status} {answer.headers.get('Location', '')[:100]}")
        public = "guest" in TABLE.get(name, set()) and name != "api:…"
        if not public and self.who != factory.ADMIN and FOREIGN.encode() in _content(answer):
            self.findings.append(f"{said}\n  shows the other event")
        signed_in = self.client.session.get("_auth_user_id")
        if signed_in and (self.user is None or signed_in != str(self.user.pk)):
            self.findings.append(f"{said}\n  signed in as {signed_in}")

    def _may_open(self, name: str, pattern: str, method: str, *, at_foreign: bool) -> bool:
        if self.who not in TABLE[name]:
            # Roles that TABLE does not allow on any page of this name can still open Django's sign-out of the admin.
            return pattern == "admin/logout/"
        if pattern in self.needs and "<" in pattern and self.who != factory.ADMIN:
            need = self.needs[pattern].get("GET" if method == "HEAD" else method)
            return bool(need and not at_foreign and self.who in RIGHTS and need.right in RIGHTS[self.who])
        if at_foreign and "<" in pattern and self.who != factory.ADMIN:
            return "guest" in TABLE[name] or name in OF_NO_EVENT or name == "admin:…"
        return True

    def _compare(self) -> None:
        """Check that the other event is unchanged, and that nobody got an account or a role without permission."""
        if self.who != factory.ADMIN:
            after = rows()
            for model, known in self.before.items():
                for pk, row in known.items():
                    now = after[model].get(pk)
                    if now != row:
                        changed = {
                            name: (row[name], (now or {}).get(name))
                            for name in row
                            if (now or {}).get(name) != row[name]
                        }
                        self.findings.append(f"{self.who}: {model.__name__} {pk} changed: {changed}")
            made = User.objects.exclude(pk__in=self.people)
            if self.who != Role.ORGANIZER and made.exists():
                self.findings.append(f"{self.who}: new accounts {list(made)}")
        raised = {person.pk for person in User.objects.filter(is_superuser=True)} - {
            pk for pk, was in self.people.items() if was
        }
        if raised and self.who != factory.ADMIN:
            self.findings.append(f"{self.who}: new admins {raised}")


def _content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def _cause(answer: Any) -> str:
    info = getattr(answer, "exc_info", None)
    return "".join(traceback.format_exception(*info)[-8:]) if info else _content(answer)[:200].decode(errors="replace")
