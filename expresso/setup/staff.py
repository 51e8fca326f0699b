"""Creates accounts for a pasted list of people. Their passwords are shown only once, on cards to print."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Membership, Role, User, record
from stations.models import Event

#: Characters that passwords are made of. Those that look alike on paper are left out.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
MOST = 60


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Card:
    """A card to print for a person, with everything that the person needs to sign in."""

    name: str
    role: str
    username: str
    password: str


def staff_at(pasted: str) -> list[Person]:
    """Return the people in lines of the form "name, role". Without a role a person is a barista.

    Raise ValidationError with a message for each faulty line."""
    roles = {str(label).casefold(): value for value, label in Role.choices} | {value: value for value in Role.values}
    found, faults = [], []
    for number, line in enumerate(pasted.splitlines(), 1):
        name, _comma, role = (part.strip() for part in line.replace("\t", ",").replace(";", ",").partition(","))
        if not name and not role:
            continue
        value = roles.get(role.casefold()) if role else Role.BARISTA
        if not name or len(name) > 40:
            faults.append(_("Line %(n)d: give a name of at most 40 characters.") % {"n": number})
        elif value is None:
            faults.append(
                _("Line %(n)d: “%(role)s” is no role. Write organizer, barista, support or display.")
                % {"n": number, "role": role[:40]}
            )
        else:
            found.append(Person(name, str(value)))
    if len(found) > MOST:
        faults.append(_("Add at most %(n)d people at once.") % {"n": MOST})
    if not found and not faults:
        faults.append(_("Write at least one name."))
    if faults:
        raise ValidationError(faults)
    return found


@transaction.atomic
def add(event: Event, people: list[Person], *, by: User) -> list[Card]:
    """Create an account with a role at the event for each person, and return the cards to print.

    A person gets a new account even if there is already one of the same name."""
    cards = []
    for person in people:
        password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
        user = User.objects.create_user(_username(person.name), password=password, first_name=person.name[:150])
        Membership.objects.create(user=user, event=event, role=person.role)
        record("added", f"{user.username} at {event}", by=by, event=event.pk, role=person.role)
        cards.append(Card(person.name, str(Role(person.role).label), user.username, password))
    return cards


def _username(name: str) -> str:
    wanted = slugify(name)[:30] or "person"
    taken = set(User.objects.filter(username__startswith=wanted).values_list("username", flat=True))
    return next(each for each in (wanted, *(f"{wanted}{n}" for n in range(2, len(taken) + 3))) if each not in taken)
