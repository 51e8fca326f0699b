"""Views of the set-up: its overview, its steps, the checks, and actions on the whole event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Right, may, signed_in, user_of, within
from accounts.audit import changes_of
from accounts.models import record
from expresso.setup import copying, rehearsal, staff, steps
from expresso.setup.forms import (
    TEMPLATE,
    BasicsForm,
    BrandingForm,
    MenuFileForm,
    NewEventForm,
    NewStationsForm,
    NumbersForm,
    SetupStationForm,
    StaffForm,
    free_slug,
)
from expresso.setup.readiness import checks_of
from expresso.setup.spreadsheet import SheetError, read_sheet
from expresso.setup.usual_names import add_usual_names, with_usual_names
from expresso.setup.webhook_trial import send_test_text
from inventory.importing import export_menu, import_menu
from inventory.menu_file import read_menu
from inventory.menu_yaml import MenuFileError
from inventory.models import CannotMake, Drink
from inventory.snapshot import menu_of
from orders.views.posters import showing_logo
from stations.access import at_event
from stations.forms import warn_of_lost_number
from stations.models import Event, Station

GET_AND_POST = ["GET", "HEAD", "POST"]


@signed_in
@require_http_methods(GET_AND_POST)
def new_event(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if not may(user, Right.MANAGE):
        raise PermissionDenied
    form = NewEventForm(request.POST or None, user=user, instance=Event(), initial=_initial(request))
    if request.method != "POST" or not form.is_valid():
        return render(request, "setup/new.html", {"form": form}, status=400 if form.errors else 200)
    with transaction.atomic():
        event = copying.create(form.save(commit=False), by=user)
        source = form.source()
        if source is not None:
            copying.copy_into(event, source, by=user)
        elif form.cleaned_data["start_from"] == TEMPLATE:
            copying.import_template(event, by=user)
    messages.success(request, f"{event.name} is made. Its page for orders is {reverse('order', args=[event.slug])}")
    return redirect("setup-step", event.slug, "stations")


def _initial(request: HttpRequest) -> dict[str, str]:
    """Return the form's initial values, after a tap on "Copy" on the set-up page of another event."""
    source = Event.objects.filter(slug=request.GET.get("from", "")).first()
    if source is None or not may(user_of(request), Right.MANAGE, source.pk):
        return {}
    return {"start_from": str(source.pk), "time_zone": source.time_zone}


@at_event(Right.MANAGE)
@require_safe
def setup(request: HttpRequest, event: Event) -> HttpResponse:
    context = {
        "event": event,
        "steps": [{"step": each, **_state_of(each, event)} for each in steps.STEPS],
        "rehearsing": rehearsal.is_on(event),
        "practice_orders": event.orders.filter(practice=True).exists(),
        "left": sum(not check.is_fine for check in checks_of(event)),
    }
    return render(request, "setup/setup.html", context)


def _state_of(step: steps.Step, event: Event) -> dict[str, Any]:
    if step.is_done(event):
        return {"word": "Done", "icon": "circle-check", "state": "done"}
    word = "May be left out" if step.may_be_left_out else "To do"
    return {"word": word, "icon": "circle-pause", "state": "open"}


@at_event(Right.MANAGE)
@require_safe
def ready_page(request: HttpRequest, event: Event) -> HttpResponse:
    checks = checks_of(event)
    return render(
        request,
        "setup/ready.html",
        {"event": event, "checks": checks, "left": sum(not each.is_fine for each in checks)},
    )


@at_event(Right.MANAGE)
@require_http_methods(GET_AND_POST)
def step(request: HttpRequest, event: Event, step: str) -> HttpResponse:
    handler = _HANDLERS.get(step)
    if handler is None:
        raise Http404
    return handler(request, event)


def _page(request: HttpRequest, event: Event, key: str, *, faulty: bool = False, **context: Any) -> HttpResponse:
    shown = {"event": event, "step": steps.BY_KEY[key], "steps": steps.STEPS, "after": steps.after(key)} | context
    return render(request, f"setup/{key}.html", shown, status=400 if faulty else 200)


def _onwards(request: HttpRequest, event: Event, key: str) -> HttpResponse:
    """Redirect to the next step, or to the same step after a tap on "Save"."""
    following = key if "stay" in request.POST else steps.after(key)
    return redirect("setup-step", event.slug, following) if following else redirect("setup", event.slug)


def _model_step(key: str, form_class: type[forms.ModelForm[Event]]) -> Callable[[HttpRequest, Event], HttpResponse]:
    def handler(request: HttpRequest, event: Event) -> HttpResponse:
        form = form_class(request.POST or None, request.FILES or None, instance=event)
        if request.method != "POST" or not form.is_valid():
            if form.errors:
                # Validating the form has changed the event object. Read it again, because the page shows the saved
                # event.
                event.refresh_from_db()
            response = _page(request, event, key, faulty=bool(form.errors), form=form)
            return showing_logo(response, event) if key == "branding" else response
        form.save()
        if form.changed_data:
            record("changed", event, by=user_of(request), event=event.pk, changes=changes_of(form))
        warn_of_lost_number(request, form)
        return _onwards(request, event, key)

    return handler


def _menu(request: HttpRequest, event: Event) -> HttpResponse:
    user = user_of(request)
    others = within(user, Right.MANAGE, Event.objects.exclude(pk=event.pk), "pk")
    form = MenuFileForm(request.POST, request.FILES) if "upload" in request.POST else MenuFileForm()
    if request.method == "POST":
        if "template" in request.POST:
            copying.import_template(event, by=user)
            return _onwards(request, event, "menu")
        if "copy" in request.POST:
            source = get_object_or_404(others, slug=request.POST.get("source", ""))
            import_menu(event, export_menu(source), by=user)
            return _onwards(request, event, "menu")
        if "usual-names" in request.POST:
            messages.success(request, f"Usual names: {add_usual_names(event, by=user)}.")
            return redirect("setup-step", event.slug, "menu")
        if form.is_bound and form.is_valid() and _import_file(form, event, request):
            return _onwards(request, event, "menu")
        if not form.is_bound:
            return _onwards(request, event, "menu")
    event.refresh_from_db()
    return _page(request, event, "menu", faulty=bool(form.errors), form=form, others=others, menu=menu_of(event).menu)


def _import_file(form: MenuFileForm, event: Event, request: HttpRequest) -> bool:
    """Import the uploaded menu and return True. If it is faulty, add the faults to the form and return False."""
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        if file.name.lower().endswith((".yaml", ".yml")):
            menu = read_menu(content.decode("utf-8", "replace"))
        else:
            # A spreadsheet has no column for other names, so drinks and options get their usual names.
            menu = with_usual_names(read_sheet(content, title=event.menu_name or event.name))
    except MenuFileError as error:
        form.add_error("file", [str(fault) for fault in error.faults])
        return False
    except SheetError as error:
        form.add_error("file", str(error))
        return False
    changes = import_menu(event, menu, by=user_of(request))
    messages.success(request, f"{file.name}: {changes}.")
    return True


def _stations(request: HttpRequest, event: Event) -> HttpResponse:
    drinks = dict(Drink.objects.filter(event=event, retired_at=None).values_list("pk", "name"))
    stations = list(event.stations.prefetch_related("cannot_make"))
    posted = request.POST if request.method == "POST" else None
    rows = [_station_form(station, drinks, posted) for station in stations]
    names = request.POST.get("names", "").strip()
    new = NewStationsForm(posted) if names else NewStationsForm()
    faulty = [form for form in (*rows, *([new] if names else [])) if not form.is_valid()] or _named_twice(rows)
    if request.method == "POST" and not faulty:
        user = user_of(request)
        with transaction.atomic():
            for row in rows:
                if "name" in row.changed_data:
                    # Give renamed stations temporary names first, because names are unique and two stations can
                    # exchange theirs.
                    event.stations.filter(pk=row.instance.pk).update(name=f"~{row.instance.pk}")
            for row in rows:
                _save_station(row, request)
            for name in new.cleaned_data["names"] if names else ():
                if not event.stations.filter(name=name).exists():
                    slug = free_slug(Station, name)
                    added = Station.objects.create(
                        event=event, name=name, slug=slug, position=event.stations.count() + 1
                    )
                    record("added", added, by=user, event=event.pk)
        if "duplicate" in request.POST:
            copying.duplicate(get_object_or_404(event.stations, slug=request.POST["duplicate"]), by=user)
        return _onwards(request, event, "stations")
    return _page(request, event, "stations", faulty=request.method == "POST", rows=rows, form=new)


def _named_twice(rows: list[SetupStationForm]) -> list[SetupStationForm]:
    """Add an error to each form that gives a station the name of another station. Return these forms."""
    names = Counter(row.cleaned_data["name"] for row in rows)
    faulty = [row for row in rows if "name" in row.changed_data and names[row.cleaned_data["name"]] > 1]
    for row in faulty:
        row.add_error("name", "Another station of this event has this name.")
    return faulty


def _station_form(station: Station, drinks: dict[int, str], posted: Any) -> SetupStationForm:
    missing = {gap.drink_id for gap in station.cannot_make.all() if gap.drink_id and gap.until is None}
    return SetupStationForm(posted, instance=station, prefix=station.slug, drinks=drinks, missing=missing)


def _save_station(form: SetupStationForm, request: HttpRequest) -> None:
    if not form.changed_data:
        return
    station = form.save()
    kept = {gap.drink_id: gap for gap in station.cannot_make.all() if gap.drink_id and gap.until is None}
    for drink, can_make in form.switched().items():
        if can_make and drink in kept:
            kept[drink].delete()
        elif not can_make and drink not in kept:
            CannotMake.objects.update_or_create(station=station, drink_id=drink, defaults={"until": None})
    record("changed", station, by=user_of(request), event=station.event_id, changes=changes_of(form))


def _staff(request: HttpRequest, event: Event) -> HttpResponse:
    if request.method == "POST" and not request.POST.get("people", "").strip():
        return _onwards(request, event, "staff")
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people = staff.staff_at(form.cleaned_data["people"])
        except ValidationError as error:
            form.add_error("people", error)
        else:
            cards = staff.add(event, people, by=user_of(request))
            # Show the cards without a redirect, because the passwords are not stored.
            return render(request, "setup/cards.html", {"event": event, "cards": cards, "after": steps.after("staff")})
    members = event.memberships.select_related("user").order_by("role", "user__first_name")
    return _page(request, event, "staff", faulty=bool(form.errors), form=form, members=members)


_HANDLERS: dict[str, Callable[[HttpRequest, Event], HttpResponse]] = {
    "basics": _model_step("basics", BasicsForm),
    "menu": _menu,
    "stations": _stations,
    "staff": _staff,
    "numbers": _model_step("numbers", NumbersForm),
    "branding": _model_step("branding", BrandingForm),
}


@at_event(Right.MANAGE)
@require_POST
def setup_act(request: HttpRequest, event: Event, act: str) -> HttpResponse:
    """Carry out an action: archive or restore the event, begin or end a rehearsal, or send a test text."""
    user = user_of(request)
    if act == "archive":
        _archive(request, event)
    elif act == "restore":
        copying.restore(event, by=user)
        messages.success(request, "Restored. Give it numbers again.")
    elif act == "rehearse":
        rehearsal.start_rehearsal(event, by=user)
        messages.success(request, "Made-up orders arrive for half an hour, marked “Practice”.")
    elif act == "end-rehearsal":
        closed = rehearsal.end_rehearsal(event, by=user)
        messages.success(request, f"The rehearsal has ended; made-up orders closed: {closed}.")
    elif act == "test-webhook":
        _test_webhook(request, event)
        return redirect("setup-ready", event.slug)
    else:
        raise Http404
    return redirect("setup", event.slug)


def _archive(request: HttpRequest, event: Event) -> None:
    try:
        copying.archive(event, by=user_of(request))
    except copying.OrdersOpen as refused:
        said = (
            f"Not archived: these orders are still open: {refused}. Finish or cancel them first, those for later too."
        )
        messages.warning(request, said)
    else:
        messages.success(request, "Archived: it takes no orders, and its numbers are free. Reports stay.")


def _test_webhook(request: HttpRequest, event: Event) -> None:
    # With the simulator, send the test text to this process's own address. On a laptop the public name often does not
    # resolve.
    own = f"http://{request.META['SERVER_NAME']}:{request.META['SERVER_PORT']}" if settings.SIMULATOR else ""
    if trouble := send_test_text(event, address=own):
        messages.error(request, trouble)
    else:
        messages.success(request, "The test text was signed and answered.")
