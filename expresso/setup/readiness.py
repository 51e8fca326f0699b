"""The checks of the page "Is everything ready?". Each check looks for a mistake that was made at an earlier event, and
tells the organizer what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, SignInCard
from expresso import health
from expresso.planner.day import PlannedDay, days_of, planned_day
from expresso.planner.models import EventPlan
from expresso.setup.usual_names import lacks_usual_names
from expresso.setup.webhook_trial import COUNTS_FOR, last_test
from inventory.amounts import amount_in_words
from inventory.models import Stock
from inventory.snapshot import menu_of
from orders.hints import name_of, wall_of
from orders.live import presence
from sms.models import Conversation, InboundMessage, Sender
from stations.models import Event, Shift


@dataclass(frozen=True, slots=True)
class Check:
    title: str
    is_fine: bool
    found: str
    #: What the organizer has to do, and the page on which to do it; "" if there is nothing to do.
    todo: str = ""
    url: str = ""
    #: An action of the set-up page that makes a test, such as sending a test text, and the label of its button. Both
    #: are "" if nothing can be tested.
    act: str = ""
    act_label: str = ""


def checks_of(event: Event) -> list[Check]:
    found = [*_set_up(event), *_people(event), *_ways_in(event), _screens(event), *_servers()]
    # Failed checks come first.
    return sorted(found, key=lambda check: check.is_fine)


def _step(event: Event, key: str) -> str:
    return reverse("setup-step", args=[event.slug, key])


def _set_up(event: Event) -> Iterator[Check]:
    now = timezone.now()
    url = _step(event, "basics")
    if event.archived_at:
        yield Check(
            "Archive",
            False,
            "The event is archived and takes no orders.",
            "Restore it.",
            reverse("setup", args=[event.slug]),
        )
    opens = event.opens_next(now)
    if opens is None:
        yield Check("Days", False, "The last day is over.", "Give the days of the event.", url)
    elif event.first_day is None:
        yield Check(
            "Days", False, "No days are given: orders are taken from now on.", "Give the days of the event.", url
        )
    else:
        yield Check(
            "Days",
            True,
            f"{event.first_day:%-d %b} to {event.last_day or event.first_day:%-d %b}, {_hours_in_words(event)},"
            f" {event.time_zone}.",
        )
    stations = list(event.stations.all())
    is_open = [station for station in stations if station.is_open]
    found = ", ".join(station.name for station in is_open) or "No station is open."
    yield Check("Stations", bool(is_open), found, "" if is_open else "Add or open a station.", _step(event, "stations"))
    yield from _menu(event, [station.pk for station in is_open])
    yield from _stock(event, stations[0].slug if stations else "")


def _hours_in_words(event: Event) -> str:
    """Return the opening hours in words, such as "08:00 to 18:00; 3 Jun 09:00 to 14:00; 4 Jun closed"."""
    usual = f"{event.opens_at:%H:%M} to {event.closes_at:%H:%M}" if event.opens_at and event.closes_at else "all day"
    own = [
        f"{dt.date.fromisoformat(day):%-d %b} {' to '.join(hours) if hours else 'closed'}"
        for day, hours in sorted(event.day_hours.items())
    ]
    return "; ".join([usual, *own[:5], *(["…"] if len(own) > 5 else [])])


def _stock(event: Event, station: str) -> Iterator[Check]:
    url = reverse("supplies", args=[station]) if station else ""
    low = [
        str(row)
        for row in Stock.objects.filter(station__event=event).select_related("ingredient", "station")
        if row.is_low
    ]
    yield Check(
        "Stock",
        not low,
        "Low or used up: " + ", ".join(low[:6]) + ("…" if len(low) > 6 else "")
        if low
        else "Nothing that is counted is low.",
        "Count it again at the station, under Supplies." if low else "",
        url,
    )
    planned = _next_planned_day(event)
    if planned is None:
        return
    # Ingredients that no station counts are left out, because they never run out.
    short = [supply for supply in planned.supplies if supply.is_counted and not supply.lasts]
    named = ", ".join(
        f"{each.name} ({amount_in_words(each.on_hand, each.unit)} of {amount_in_words(each.needed, each.unit)})"
        for each in short[:6]
    )
    day = f"{planned.day:%-d %b}"
    found = f"{day} takes more than there is: {named}" if short else f"It lasts for the plan of {day}."
    todo = "See what to buy in the plan, and count what has come." if short else ""
    yield Check("Stock for the plan", not short, found, todo, reverse("plan", args=[event.slug]))


def _menu(event: Event, stations: list[int]) -> Iterator[Check]:
    url = _step(event, "menu")
    snapshot = menu_of(event)
    drinks = {drink.name for drink in snapshot.menu.drinks}
    if not drinks:
        yield Check("Menu", False, "The menu is empty.", "Take the template menu, a file or another event’s.", url)
        return
    yield Check("Menu", True, f"{len(drinks)} drinks.")
    if lacks_usual_names(snapshot.menu):
        found = "Only the exact names of drinks are understood, not “cap” or “flattie”."
        yield Check("Words for drinks", False, found, "Add the usual names, or other words in the admin.", url)
    else:
        yield Check("Words for drinks", True, "Drinks have further names, or need none.")
    missing = [{gap.name for gap in snapshot.gaps_at(pk) if not gap.group} for pk in stations]
    nowhere = sorted(set.intersection(*missing) & drinks) if missing else []
    found = "No open station can make: " + ", ".join(nowhere) if nowhere else "Every drink can be made somewhere."
    todo = "Tick the drink at a station, or take it off the menu." if nowhere else ""
    yield Check("Drinks that nobody makes", not nowhere, found, todo, _step(event, "stations"))


def _people(event: Event) -> Iterator[Check]:
    url = _step(event, "staff")
    members = list(event.memberships.select_related("user"))
    baristas = [each for each in members if each.role in (Role.BARISTA, Role.ORGANIZER)]
    found = f"{len(members)} people have a role." if members else "Nobody has a role."
    yield Check("Staff", bool(baristas), found, "" if baristas else "Add who makes the coffee.", url)
    with_card = set(SignInCard.objects.filter(event=event).values_list("user", flat=True))
    shut_out = [
        each.user.get_short_name() or each.user.username
        for each in members
        if not each.user.is_active or not (each.user.has_usable_password() or each.user_id in with_card)
    ]
    if shut_out:
        yield Check(
            "Sign-in", False, "Cannot sign in: " + ", ".join(shut_out), "Print them a sign-in card.",
            reverse("cards", args=[event.slug]),
        )  # fmt: skip
    else:
        never = sum(each.user.last_login is None for each in members)
        yield Check("Sign-in", True, f"Everybody can sign in; {never} have not done so yet.")
    yield _shifts(event)


def _shifts(event: Event) -> Check:
    """Check that at least one person has a shift in each open hour of the event."""
    if event.first_day is None:
        running = Shift.objects.filter(station__event=event, ends_at=None).exists()
        return Check("Shifts", True, "Somebody is on shift." if running else "Shifts begin on the tablet.")
    shifts = [
        (shift.starts_at, shift.ends_at or shift.starts_at + dt.timedelta(hours=12))
        for shift in Shift.objects.filter(station__event=event)
    ]
    if not shifts:
        return Check("Shifts", True, "None is planned. Baristas begin theirs on the tablet.")
    if found := _too_few(event):
        return Check("Shifts", False, found, "Make shifts from the plan.", reverse("plan", args=[event.slug]))
    bare = [hour for hour in _hours(event) if not any(start <= hour < end for start, end in shifts)]
    found = (
        f"Nobody is down for {len(bare)} of the hours, first on {event.local(bare[0]):%-d %b at %H:%M}."
        if bare
        else "Every hour has somebody."
    )
    todo = "Add shifts in the admin, or let baristas begin theirs on the tablet." if bare else ""
    return Check("Shifts", not bare, found, todo, reverse("admin:stations_shift_changelist"))


def _next_planned_day(event: Event) -> PlannedDay | None:
    plans = EventPlan.objects.select_related("event", "taken_from").prefetch_related("breaks")
    plan = plans.filter(event=event).first()
    today = event.day_of(timezone.now())
    day = next((day for day in days_of(plan) if day >= today), None) if plan else None
    return planned_day(plan, day) if plan and day else None


def _too_few(event: Event) -> str:
    """Describe the half hour of the next planned day in which most baristas are missing; "" if none are missing."""
    planned = _next_planned_day(event)
    short = [row for row in planned.slots if row.on_shift < row.needed] if planned else []
    if planned is None or not short:
        return ""
    worst = max(short, key=lambda row: row.needed - row.on_shift)
    return (
        f"The plan needs {worst.needed} baristas on {planned.day:%-d %b} at {worst.label}; on shift: {worst.on_shift}."
        f" Half hours with too few: {len(short)}."
    )


def _hours(event: Event) -> Iterator[dt.datetime]:
    """Yield the beginning of each open hour of the event, for at most 14 days."""
    first, last = event.first_day, event.last_day or event.first_day
    if first is None or last is None:
        return
    for day in (first + dt.timedelta(days=n) for n in range(min(14, (last - first).days + 1))):
        if hours := event.hours_of(day):
            hour, closes = hours
            while hour < closes:
                yield hour
                hour += dt.timedelta(hours=1)


def _ways_in(event: Event) -> Iterator[Check]:
    url = _step(event, "numbers")
    numbers = [number for number in (event.sms_number, event.whatsapp_number) if number]
    public = urlsplit(settings.PUBLIC_URL)
    reached = public.scheme == "https" and public.hostname not in {"localhost", "127.0.0.1"}
    yield Check(
        "Public address",
        reached or settings.SIMULATOR,
        f"Phones reach Expresso at {settings.PUBLIC_URL}." + ("" if reached else " That is good for trying only."),
        "" if reached else "Set PUBLIC_URL to an https address before the event.",
    )
    if not numbers:
        yield Check("Numbers", False, "The event has no number: nobody can text.", "Give its number.", url)
        return
    if settings.SIMULATOR:
        yield Check("Numbers", True, ", ".join(numbers) + ", on the phone simulator. No text leaves this machine.")
    else:
        known = set(Sender.objects.filter(number__in=numbers).values_list("number", flat=True))
        unknown = [number for number in numbers if number not in known]
        found = "Sent from at the slowest rate: " + ", ".join(unknown) if unknown else ", ".join(numbers)
        todo = "Register the sender and its rate in the admin, under Senders." if unknown else ""
        yield Check("Numbers", not unknown, found, todo, reverse("admin:sms_sender_changelist"))
    yield _webhook(event)


def _webhook(event: Event) -> Check:
    """Check that a text came through the webhook lately, either from a customer or as a test."""
    tried = last_test(event)
    # Find the conversation with the latest text first, and then its last text. To find the event's last text directly,
    # the database would need an index of texts by time.
    texts = InboundMessage.objects.filter(conversation=OuterRef("pk"))
    talk = Conversation.objects.filter(Exists(texts), event=event).order_by("-last_text_at").first()
    last = talk.inbound.order_by("-received_at").first() if talk else None
    recent = last is not None and timezone.now() - last.received_at < COUNTS_FOR
    said = (
        f"The last text came on {event.local(last.received_at):%-d %b at %H:%M}." if last else "No text has come yet."
    )
    said += " It was signed and answered." if last else ""
    if tried:
        said = f"A test text at {event.local(tried):%H:%M} was signed and answered. {said}"
    todo = "Send a test text, then text “menu” to the event’s number: its reply proves that the carrier calls us."
    return Check(
        "Webhook",
        recent or tried is not None,
        said,
        "" if recent or tried else todo,
        reverse("simulator") if settings.SIMULATOR else "",
        "test-webhook",
        "Send a test text now",
    )


def _screens(event: Event) -> Check:
    """Check that at least one screen shows a wall display (the public list of orders), of the event or of a station."""
    names = {name_of(event): "Wall"} | {wall_of(station): f"Wall of {station.name}" for station in event.stations.all()}
    now, seen = timezone.now(), presence.screens_seen(names)
    connected = [what for name, what in names.items() if not presence.is_away(seen.get(name), now)]
    found = f"Connected: {', '.join(connected)}." if connected else "No screen shows the wall."
    todo = "" if connected else "Open the wall on the screen that customers will see, and leave it open."
    return Check("Wall", bool(connected), found, todo, reverse("wall", args=[event.slug]))


def _servers() -> Iterator[Check]:
    for name, check, todo in (
        ("Database", health.database, "Look whether the database server runs."),
        ("Worker", health.sms, "Start a worker: manage.py work."),
    ):
        try:
            check()
        except health.Down as down:
            yield Check(name, False, f"It {down}.", todo)
        else:
            yield Check(name, True, "Works.")
    # Run these checks with a time limit, because they ask other servers.
    results = health.run({"cache": health.cache_round_trip, "layer": health.layer_round_trip, "all": health.processes})
    trouble = [f"{_PARTS[name]} {result.reason}" for name, result in results.items() if result.reason]
    todo = "Look whether Redis and every process run; /health on the server says more." if trouble else ""
    found = f"{'; '.join(trouble)}." if trouble else "Boards and walls are told of changes at once."
    yield Check("Live pages", not trouble, found, todo)


_PARTS = {"cache": "The cache", "layer": "The channel layer", "all": "The processes"}
