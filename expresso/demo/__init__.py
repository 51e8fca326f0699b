"""Creates the demonstration event of a new installation, and logins for it."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Role, User
from expresso.demo.supplies import SUPPLIES, fill
from inventory.importing import import_menu
from inventory.menu_file import read_menu
from inventory.models import CannotMake, Drink, touch_menu
from stations.models import Event, Shift, Station

SLUG = "demo"
#: Fictional phone numbers. Numbers from 555-0100 to 555-0199 are never assigned.
SMS_NUMBER, WHATSAPP_NUMBER = "+15555550100", "+15555550101"
#: Drinks that Bar 2 cannot make. An order with one of them shows visitors how Expresso routes an order to another
#: station.
BAR_2_IS_WITHOUT = ("Filter coffee", "Cold brew")
ADMIN = "admin"
STAFF = (
    ("admin", "Alex", ADMIN),
    ("organizer", "Olivia", Role.ORGANIZER),
    ("maya", "Maya", Role.BARISTA),
    ("ben", "Ben", Role.BARISTA),
    ("support", "Sasha", Role.SUPPORT),
    ("wall", "Wall", Role.DISPLAY),
)
WORKS_AT = {"maya": "Bar 1", "ben": "Bar 2"}
#: Characters that passwords are made of. Those that look alike on a screen (0 and o, 1 and l) are left out.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Login:
    username: str
    password: str
    role: str


@transaction.atomic
def load() -> bool:
    """Create the demonstration event and its staff, unless they exist already. Return True if anything was created.

    Existing rows are not changed, because people may have edited them."""
    event, made_event = _event()
    made_staff = _staff(event)
    return made_event or made_staff


def logins() -> list[Login]:
    """Return the demo logins that still work, without users who were removed, deactivated or got a new password."""
    users = {user.username: user for user in User.objects.filter(username__in=[name for name, *_ in STAFF])}
    return [
        Login(username, password, _role(users[username]))
        for username, password, mark in _kept()
        if username in users and users[username].is_active and _still_holds(users[username], password, mark)
    ]


def logins_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-logins.txt"


def _event() -> tuple[Event, bool]:
    event, made = Event.objects.get_or_create(slug=SLUG, defaults=_event_fields())
    if not made:
        return event, False
    bar_1 = Station.objects.create(event=event, name="Bar 1", slug=_free_slug("bar-1"), position=1)
    bar_2 = Station.objects.create(event=event, name="Bar 2", slug=_free_slug("bar-2"), position=2)
    import_menu(event, read_menu((Path(__file__).parent / "menu.yaml").read_text()))
    without = Drink.objects.filter(event=event, name__in=BAR_2_IS_WITHOUT)
    CannotMake.objects.bulk_create(CannotMake(station=bar_2, drink=drink) for drink in without)
    fill(event, [bar_1, bar_2], SUPPLIES)
    touch_menu(event.pk)
    return event, True


def _event_fields() -> dict[str, object]:
    # With a Twilio account the demonstration event gets the account's real phone number, unless another event has it.
    number = settings.TWILIO_NUMBER or SMS_NUMBER
    return {
        "name": "Demo conference",
        "sms_number": None if Event.objects.filter(sms_number=number).exists() else number,
        "whatsapp_number": None if Event.objects.filter(whatsapp_number=WHATSAPP_NUMBER).exists() else WHATSAPP_NUMBER,
        "languages": [code for code, _ in settings.LANGUAGES],
        "max_open_orders": 10,
        # Seconds between a barista's tap on Ready and the text to the customer. Two are enough to undo a wrong tap, and
        # visitors need not wait long for the text.
        "ready_grace_seconds": 2,
    }


def _free_slug(slug: str) -> str:
    return f"{SLUG}-{slug}" if Station.objects.filter(slug=slug).exists() else slug


def _staff(event: Event) -> bool:
    there = set(User.objects.values_list("username", flat=True))
    lines = {username: f"{username} {password} {mark}" for username, password, mark in _kept()}
    missing = [(username, name, role) for username, name, role in STAFF if username not in there]
    for username, name, role in missing:
        password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
        user = User(username=username, first_name=name, is_superuser=role == ADMIN)
        user.set_password(password)
        user.save()
        if role != ADMIN:
            Membership.objects.create(user=user, event=event, role=role)
        if station := event.stations.filter(name=WORKS_AT.get(username)).first():
            Shift.objects.create(station=station, user=user, starts_at=timezone.now())
        lines[username] = f"{username} {password} {_mark(user)}"
    if missing:
        # Write the passwords before the transaction commits. Otherwise a crash in between could leave accounts whose
        # passwords nobody knows.
        _keep("\n".join(lines.values()) + "\n")
    return bool(missing)


def _keep(text: str) -> None:
    """Replace the file of logins in one step.

    Only its owner can read the file. Nobody else can read it, not even for a moment while it is written."""
    target = logins_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(text)
    fresh.replace(target)


def _kept() -> list[tuple[str, str, str]]:
    """Return the rows of the file of logins: username, password and mark (a digest of the password's hash)."""
    try:
        rows = [line.split() for line in logins_file().read_text().splitlines()]
    except FileNotFoundError:
        return []
    return [(row[0], row[1], row[2]) for row in rows if len(row) == 3]


def _role(user: User) -> str:
    return (
        ADMIN
        if user.is_superuser
        else user.memberships.filter(event__slug=SLUG).values_list("role", flat=True).first() or ""
    )


def _mark(user: User) -> str:
    return hashlib.sha256(user.password.encode()).hexdigest()[:12]


def _still_holds(user: User, password: str, mark: str) -> bool:
    # `mark` was made from the user's password hash when the login was created. If the user's hash still gives this
    # mark, the password has not changed. Comparing marks avoids `check_password`, which is slow on purpose.
    return _mark(user) == mark or user.check_password(password)
