"""The demonstration event that a fresh installation starts with, and who may sign in to it."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from expresso.demo.supplies import SUPPLIES, fill
from inventory.importing import import_menu
from inventory.menu_file import read_menu
from inventory.models import CannotMake, Drink, touch_menu
from stations.models import Event, Shift, Station

SLUG = "demo"
#: Fictional: 555-0100 to 555-0199 belong to nobody.
SMS_NUMBER, WHATSAPP_NUMBER = "+15555550100", "+15555550101"
#: Bar 2 has no brewer, so that a visitor sees an order find its station.
BAR_2_IS_WITHOUT = ("Filter coffee", "Cold brew")
STAFF = (
    ("admin", "Alex", Role.ADMIN),
    ("organizer", "Olivia", Role.ORGANIZER),
    ("maya", "Maya", Role.BARISTA),
    ("ben", "Ben", Role.BARISTA),
    ("support", "Sasha", Role.SUPPORT),
    ("wall", "Wall", Role.DISPLAY),
)
#: Without what is read wrongly from a screen: 0 and o, 1 and l.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Login:
    username: str
    password: str
    role: str


@transaction.atomic
def load() -> bool:
    """Make the event and the staff that are not there yet, and touch nothing that is: people may have edited it.

    True when anything was made."""
    staff = _staff()
    return _event() or staff


def logins() -> list[Login]:
    """The demo logins that still hold: whose password was changed, or who was removed, is left out."""
    users = {user.username: user for user in User.objects.filter(username__in=[name for name, *_ in STAFF])}
    return [
        Login(username, password, users[username].role)
        for username, password, mark in _kept()
        if username in users and users[username].is_active and _still_holds(users[username], password, mark)
    ]


def file() -> Path:
    return Path(settings.VAR_DIR) / "demo-logins.txt"


def _event() -> bool:
    event, made = Event.objects.get_or_create(slug=SLUG, defaults=_event_fields())
    if not made:
        return False
    bar_1 = Station.objects.create(event=event, name="Bar 1", slug=_free_slug("bar-1"), position=1)
    bar_2 = Station.objects.create(event=event, name="Bar 2", slug=_free_slug("bar-2"), position=2)
    import_menu(event, read_menu((Path(__file__).parent / "menu.yaml").read_text()))
    without = Drink.objects.filter(event=event, name__in=BAR_2_IS_WITHOUT)
    CannotMake.objects.bulk_create(CannotMake(station=bar_2, drink=drink) for drink in without)
    fill(event, [bar_1, bar_2], SUPPLIES)
    touch_menu(event.pk)
    for station, username in ((bar_1, "maya"), (bar_2, "ben")):
        for barista in User.objects.filter(username=username):
            Shift.objects.create(station=station, user=barista, starts_at=timezone.now())
    return True


def _event_fields() -> dict[str, object]:
    # With a Twilio account the demonstration answers on the real number, unless another event does.
    number = settings.TWILIO_NUMBER or SMS_NUMBER
    return {
        "name": "Demo conference",
        "sms_number": None if Event.objects.filter(sms_number=number).exists() else number,
        "whatsapp_number": None if Event.objects.filter(whatsapp_number=WHATSAPP_NUMBER).exists() else WHATSAPP_NUMBER,
        "languages": [code for code, _ in settings.LANGUAGES],
        "max_open_orders": 10,
        # Long enough to undo a tap, short enough to watch.
        "ready_grace_seconds": 2,
    }


def _free_slug(slug: str) -> str:
    return f"{SLUG}-{slug}" if Station.objects.filter(slug=slug).exists() else slug


def _staff() -> bool:
    there = set(User.objects.values_list("username", flat=True))
    lines = {username: f"{username} {password} {mark}" for username, password, mark in _kept()}
    missing = [(username, name, role) for username, name, role in STAFF if username not in there]
    for username, name, role in missing:
        password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
        user = User(username=username, first_name=name, role=role, is_superuser=role == Role.ADMIN)
        user.set_password(password)
        user.save()
        lines[username] = f"{username} {password} {_mark(user)}"
    if missing:
        # Before the commit: a login that nobody can read would be there for good.
        _keep("\n".join(lines.values()) + "\n")
    return bool(missing)


def _keep(text: str) -> None:
    """Replace the file as a whole; readable by its owner alone from the first moment."""
    target = file()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(text)
    fresh.replace(target)


def _kept() -> list[tuple[str, str, str]]:
    """Username, password, and a mark of the hash that the password had at first."""
    try:
        rows = [line.split() for line in file().read_text().splitlines()]
    except FileNotFoundError:
        return []
    return [(row[0], row[1], row[2]) for row in rows if len(row) == 3]


def _mark(user: User) -> str:
    return hashlib.sha256(user.password.encode()).hexdigest()[:12]


def _still_holds(user: User, password: str, mark: str) -> bool:
    # Checking six passwords takes seconds, on purpose; an unchanged hash says the same at once.
    return _mark(user) == mark or user.check_password(password)
