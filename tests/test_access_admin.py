"""In the admin, an organizer sees nothing of other organizers' events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from stations.models import Event
from tests.roles import TABLE, WHO, browser_of
from tests.world import FOREIGN, World

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_the_admin_opens_for_managers_alone(who: str) -> None:
    client = browser_of(who, World("Own").event)

    lists = [client.get(reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist")) for m in MODELS]

    assert {answer.status_code == 200 for answer in lists} == {who in TABLE["admin:…"]}


@pytest.fixture
def organizer(db: None) -> Client:
    """Return an organizer's browser. The organizer's event and another event each have a row of every model."""
    own, foreign = World("Own"), World(FOREIGN)
    client = browser_of(Role.ORGANIZER, own.event)
    own.fill("Own")
    foreign.fill(FOREIGN)
    return client


def page(model: type[Model], name: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def rows_of(client: Client, model: type[Model]) -> list[Any]:
    return list(client.get(page(model, "changelist")).context["cl"].queryset)


@pytest.mark.timeout(240)
def test_an_organizers_pages_hold_nothing_of_another_event(organizer: Client) -> None:
    empty, leaks = [], []
    for model in MODELS:
        rows = rows_of(organizer, model)
        places = [page(model, "changelist"), page(model, "add")]
        places += [page(model, name, rows[0].pk) for name in ("change", "history", "delete") if rows]
        if not rows:
            empty.append(model)
        for place in places:
            answer = organizer.get(place, follow=True)
            if FOREIGN in answer.content.decode() or any(FOREIGN in str(row) for row in offered(answer)):
                leaks.append(place)

    assert (empty, leaks) == ([], [])


def offered(answer: Any) -> Iterator[Any]:
    """Yield every row that can be chosen in the page's forms."""
    context = answer.context or {}
    forms = [context["adminform"].form] if "adminform" in context else []
    for inline in context.get("inline_admin_formsets", []):
        if not (inline.has_add_permission or inline.has_change_permission):
            continue
        forms += [*inline.formset.forms, inline.formset.empty_form]
    if context.get("action_form"):
        forms.append(context["action_form"])
    for form in forms:
        # Leave out the primary key's field, because it offers only the row itself.
        own = form._meta.model._meta.pk.name if hasattr(form, "_meta") else ""
        for field in (field for name, field in form.fields.items() if name != own):
            yield from getattr(field, "queryset", None) or ()


@pytest.mark.timeout(240)
def test_an_organizer_neither_opens_nor_changes_nor_deletes_a_row_of_another_event(organizer: Client) -> None:
    foreign = {model: foreign_rows(organizer, model) for model in MODELS}
    before = [contents(model, rows) for model, rows in foreign.items()]
    opened_pages = []

    for model, rows in foreign.items():
        for row in rows:
            for name in ("change", "history", "delete"):
                answers = [
                    organizer.get(page(model, name, row)),
                    organizer.post(page(model, name, row), {"post": "yes"}),
                ]
                if any(answer.status_code == 200 for answer in answers):
                    opened_pages.append(page(model, name, row))
        for action in ("delete_selected", *(admin.site._registry[model].actions or ())):
            form = {"action": action, "_selected_action": rows, "post": "yes", "reason": "x"}
            organizer.post(page(model, "changelist"), form)

    assert [model for model, rows in foreign.items() if not rows] == []
    assert opened_pages == []
    assert [contents(model, rows) for model, rows in foreign.items()] == before


def foreign_rows(client: Client, model: type[Model]) -> list[Any]:
    own = {row.pk for row in rows_of(client, model)}
    return [row.pk for row in model._default_manager.all() if row.pk not in own]


def contents(model: type[Model], rows: list[Any]) -> list[Any]:
    return list(model._default_manager.filter(pk__in=rows).order_by("pk").values())


@pytest.mark.parametrize("name", ["sms_read_text", "sms_not_understood", "sms_sentences"])
def test_an_organizers_pages_of_texts_hold_nothing_of_another_event(organizer: Client, name: str) -> None:
    foreign = Event.objects.get(name=FOREIGN)

    for asked in ({}, {"event": foreign.slug}, {"event": foreign.pk}):
        assert FOREIGN not in organizer.get(reverse(f"admin:{name}"), asked).content.decode()
