"""Tests of the admin for one event at a time: its sections, the choice of the event, and the choices in its forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Model
from django.forms import ModelChoiceField
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from accounts.backoffice import event_of_row
from accounts.models import Role, User
from expresso.backoffice import note_events
from expresso.tests.test_admin import MODELS, a_world
from orders.tests import factory
from stations.models import Event, Printer, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client: Client) -> Client:
    client.force_login(
        User.objects.create(username="root", is_superuser=True), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def choose(client: Client, event: Event | None, back: str = "") -> Any:
    return client.post(reverse("admin:choose_event"), {"event": event.pk if event else "", "next": back})


def forms_of(of_model: Any, row: Model | None, event: int) -> Iterator[Any]:
    """Yield the admin form of a row, or of a new row if there is none, and then the forms of its inlines."""
    request = RequestFactory().get("/", {} if row else {"event": event})
    request.user, request.session = User.objects.get(username="root"), SessionStore()
    request.resolver_match = resolve(reverse("admin:index"))
    note_events(request)
    if not (of_model.has_change_permission(request, row) if row else of_model.has_add_permission(request)):
        return
    yield of_model.get_form(request, row, change=row is not None)(instance=row)
    for formset, inline in of_model.get_formsets_with_inlines(request, row):
        if inline.has_add_permission(request, row):
            yield formset(instance=row or of_model.model()).empty_form


def offered_events(forms: Iterable[Any]) -> set[int]:
    """Return the events of all rows that can be chosen in the forms. Rows that belong to no event are left out."""
    rows = [
        row
        for form in forms
        for field in form.fields.values()
        if isinstance(field, ModelChoiceField) and field.queryset is not None and not field.widget.is_hidden
        for row in field.queryset
    ]
    return {event for row in rows if (event := _event(row))}


def _event(row: Model) -> int | None:
    of_model = admin.site._registry.get(type(row))
    return event_of_row(of_model, row) if of_model else None


@pytest.mark.usefixtures("root")
def test_no_form_offers_a_row_of_another_event() -> None:
    a_world(1)
    a_world(2)
    events = list(Event.objects.values_list("pk", flat=True))
    walked, wrong = 0, []
    for model in MODELS:
        of_model = admin.site._registry[model]
        rows = [(row, event_of_row(of_model, row)) for row in model._default_manager.all()]
        for row, event in [*rows, *((None, pk) for pk in events)]:
            forms = list(forms_of(of_model, row, event or 0))
            walked += len(forms)
            offered = offered_events(forms)
            # A user can have roles at several events, so the form of a user is allowed to offer other events.
            if model is not User and event and not offered <= {event}:
                wrong.append((model._meta.label, row, event, offered))

    assert wrong == [], "\n".join(map(str, wrong))
    assert walked > 60


def test_a_form_for_a_new_row_is_of_the_chosen_event_and_takes_no_row_of_another(root: Client) -> None:
    mine, other = factory.cafe(slug="mine"), factory.cafe(slug="other")
    choose(root, other.event)

    page = root.get(reverse("admin:stations_printer_add"))
    data = {"name": "Labels", "paper": 80}
    refused = root.post(reverse("admin:stations_printer_add"), data | {"station": mine.pk})
    taken = root.post(reverse("admin:stations_printer_add"), data | {"station": other.pk})

    assert list(page.context["adminform"].form.fields["station"].queryset) == [other]
    assert (refused.status_code, taken.status_code) == (200, 302)
    assert [printer.station for printer in Printer.objects.all()] == [other]


def test_lists_show_the_chosen_event_until_all_are_chosen_again(root: Client) -> None:
    mine, other = factory.cafe(slug="mine"), factory.cafe(slug="other")
    stations = reverse("admin:stations_station_changelist")

    def shown() -> list[Station]:
        return list(root.get(stations).context["cl"].result_list)

    both = shown()
    answer = choose(root, mine.event, stations)
    one = shown()
    choose(root, None)

    assert (set(both), one, set(shown())) == ({mine, other}, [mine], {mine, other})
    assert answer.headers["Location"] == stations
    assert choose(root, mine.event, "https://evil.example/").headers["Location"] == reverse("admin:index")


def test_the_event_of_somebody_else_cannot_be_chosen(client: Client) -> None:
    mine, foreign = factory.cafe(slug="mine"), factory.cafe(slug="foreign")
    client.force_login(factory.user("olivia", Role.ORGANIZER, at=mine.event))

    choose(client, foreign.event)

    page = client.get(reverse("admin:index"))
    assert page.context["event"] == mine.event
    assert list(client.get(reverse("admin:stations_station_changelist")).context["cl"].result_list) == [mine]


def test_the_first_page_has_sections_and_how_the_event_stands(client: Client) -> None:
    bar = factory.cafe()
    factory.order(bar)
    client.force_login(factory.user("olivia", Role.ORGANIZER))

    page = client.get(reverse("admin:index"))
    sections = {str(app["name"]): [model["object_name"] for model in app["models"]] for app in page.context["app_list"]}

    assert list(sections) == ["Setup", "Menu", "Team", "Live", "Reports", "Programs and records"]
    assert {"Use", "OrderEvent", "LabelJob"} <= set(sections["Programs and records"])
    assert sum(map(len, sections.values())) == len(admin.site._registry)
    assert f'href="/stations/{bar.slug}/"' in page.content.decode()
    assert f'href="/events/{bar.event.slug}/setup/menu/"' in page.content.decode()
