"""The steps of the set-up, in the order in which an organizer goes through them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from inventory.snapshot import menu_of
from stations.models import Event


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    title: str
    hint: str
    #: Function that returns True if the step is done for an event.
    is_done: Callable[[Event], bool]
    may_be_left_out: bool = False


STEPS = (
    Step("basics", "Name, days and hours", "When and where", lambda event: event.first_day is not None),
    Step("menu", "Menu", "From a template, another event, or a file", lambda event: bool(menu_of(event).menu.drinks)),
    Step("stations", "Stations", "The bars, and what each can make", lambda event: event.stations.exists()),
    Step("staff", "Staff", "Paste a list, print sign-in cards", lambda event: event.memberships.exists()),
    Step("numbers", "Numbers", "Where customers text", lambda event: bool(event.sms_number or event.whatsapp_number)),
    Step(
        "branding",
        "Look",
        "Colour, logo and a line for the wall",
        lambda event: bool(event.colour),
        may_be_left_out=True,
    ),
)
BY_KEY = {step.key: step for step in STEPS}


def after(key: str) -> str:
    """Return the key of the next step; "" if `key` is the last one."""
    keys = [step.key for step in STEPS]
    place = keys.index(key) + 1
    return keys[place] if place < len(keys) else ""
