"""The planner's page of an event.

Organizers enter what they know in advance, and see the baristas, waits and supplies that follow."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Right, user_of, within
from accounts.audit import changes_of
from accounts.models import record
from accounts.typed_input import whole_number
from expresso.planner import keeping
from expresso.planner.day import days_of, planned_day, share_in, within_hours
from expresso.planner.forms import BreakForms, MixForm, PlanForm, ProgrammeForm, row_of
from expresso.planner.mix import mix_of, planned_minutes
from expresso.planner.models import EventPlan
from expresso.planner.programme import ProgrammeError
from expresso.planner.shifts import has_begun, make_shifts, shifts_of
from inventory.snapshot import menu_of
from stations.access import at_event
from stations.models import Event

#: Maximum number of baristas that an organizer can set for an event at once.
MOST_BARISTAS = 1_000


@at_event(Right.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_page(request: HttpRequest, event: Event) -> HttpResponse:
    plan = (
        EventPlan.objects.filter(event=event).select_related("event", "taken_from").prefetch_related("breaks").first()
    )
    forms = _forms(request, event, plan)
    # Validate all forms before saving any of them, so that the page shows all faults at once.
    if request.method == "POST" and all(list(map(_is_valid, forms.values()))):
        try:
            _save(request, event, forms)
        except ProgrammeError as error:
            forms["programme"].add_error("lines", str(error))
        else:
            return redirect("plan", event.slug)
    faulty = request.method == "POST"
    if faulty and plan is not None:
        # Validating the form has changed the plan object. Read it again, because the page shows the saved plan.
        plan.refresh_from_db()
    return render(request, "planner/plan.html", _context(request, event, plan) | forms, status=400 if faulty else 200)


def _is_valid(form: Any) -> bool:
    return bool(form.is_valid())


def _forms(request: HttpRequest, event: Event, plan: EventPlan | None) -> dict[str, Any]:
    posted = request.POST if request.method == "POST" else None
    snapshot = menu_of(event)
    weights: dict[str, float] = {}
    if snapshot.menu.drinks:
        mix = mix_of(plan or EventPlan(event=event), snapshot)
        names = snapshot.menu.names
        weights = {f"drink-{pk}": mix.drinks.get(name, 0.0) for pk, name in names.drinks.items()}
        weights |= {f"option-{pk}": mix.options.get(name, 0.0) for pk, name in names.options.items()}
    rows = [row_of(event, each) for each in plan.breaks.all()] if plan else []
    files = request.FILES if posted is not None else None
    return {
        "form": PlanForm(posted, instance=plan or EventPlan(event=event), label_suffix=""),
        "rows": BreakForms(posted, prefix="break", initial=rows),
        "mix": MixForm(posted, menu=snapshot.menu, weights=weights, label_suffix=""),
        "programme": ProgrammeForm(posted, files, event=event, day=_first_day(event), label_suffix=""),
    }


def _first_day(event: Event) -> dt.date:
    return event.first_day or event.day_of(timezone.now())


@transaction.atomic
def _save(request: HttpRequest, event: Event, forms: dict[str, Any]) -> None:
    """Save all forms in one transaction. A ProgrammeError rolls it back."""
    form, mix = forms["form"], forms["mix"]
    plan = form.save(commit=False)
    if mix.has_changed():
        # Save the mix only if it was changed. Without a saved mix the plan uses the usual mix, which follows changes of
        # the menu.
        plan.drinks, plan.options = mix.drink_weights(), mix.option_weights()
    plan.save()
    keeping.replace_breaks(plan, [row.as_break(event) for row in forms["rows"] if not row.is_empty])
    new = forms["programme"].cleaned_data["breaks"]
    added = keeping.add_breaks(plan, new)
    record("changed", "plan", by=user_of(request), event=event.pk, changes=changes_of(form), breaks=plan.breaks.count())
    if new:
        already = "" if added == len(new) else f" {len(new) - added} were there already."
        messages.success(request, f"{added} breaks are added: check their shares below.{already}")
    else:
        messages.success(request, "The plan is saved.")


def _context(request: HttpRequest, event: Event, plan: EventPlan | None) -> dict[str, Any]:
    context: dict[str, Any] = {"event": event, "plan": plan, "has_menu": bool(menu_of(event).menu.drinks)}
    if plan is None:
        return context
    days = days_of(plan)
    asked = next((day for day in days if day.isoformat() == request.GET.get("day")), None)
    day = asked or next((day for day in days if day >= event.day_of(timezone.now())), days[0] if days else None)
    others = within(user_of(request), Right.MANAGE, Event.objects.exclude(pk=event.pk).exclude(orders=None), "pk")
    planned = planned_day(plan, day) if day else None
    context |= {
        "days": days,
        "day": day,
        "others": others.distinct(),
        "planned": planned,
        "shifts": list(shifts_of(planned)) if planned else [],
        "has_begun": planned is not None and has_begun(planned),
        "shares": [
            (each, share_in(plan, each), within_hours(event, day, each))
            for each in plan.breaks.all()
            if day and event.day_of(each.starts_at) == day
        ],
    }
    if context["has_menu"]:
        snapshot = menu_of(event)
        context["making"] = planned_minutes(plan, snapshot, mix_of(plan, snapshot))
    return context


@at_event(Right.MANAGE)
@require_POST
def plan_act(request: HttpRequest, event: Event, act: str) -> HttpResponse:
    """Carry out a button's action: copy figures from another event, set the planned baristas, or make shifts."""
    plan = get_object_or_404(EventPlan.objects.select_related("event"), event=event)
    if act == "take-over":
        _take_over(request, plan)
    elif act == "set-baristas":
        _set_baristas(request, event)
    elif act == "make-shifts":
        return _make_shifts(request, plan)
    else:
        raise Http404
    return redirect("plan", event.slug)


def _take_over(request: HttpRequest, plan: EventPlan) -> None:
    user = user_of(request)
    others = within(user, Right.MANAGE, Event.objects.exclude(pk=plan.event_id), "pk")
    source = get_object_or_404(others, slug=request.POST.get("source", ""))
    with_shares = keeping.take_figures_over(plan, source, by=user)
    what = "what was ordered, and how many took a drink in its breaks" if with_shares else "what was ordered"
    messages.success(request, f"Taken over from {source.name}: {what}.")


def _set_baristas(request: HttpRequest, event: Event) -> None:
    baristas = whole_number(request.POST.get("baristas"))
    if baristas is None or not 1 <= baristas <= MOST_BARISTAS or not event.stations.filter(is_open=True).exists():
        messages.warning(request, "Nothing was changed: add or open a station first.")
        return
    keeping.set_baristas(event, baristas, by=user_of(request))
    messages.success(request, f"{baristas} baristas are shared among the open stations.")


def _make_shifts(request: HttpRequest, plan: EventPlan) -> HttpResponse:
    day = next((day for day in days_of(plan) if day.isoformat() == request.POST.get("day")), None)
    planned = planned_day(plan, day) if day else None
    if planned is None or not planned.stations:
        raise Http404
    if has_begun(planned):
        messages.warning(request, "Nothing was changed: the day has begun. Change its shifts one by one.")
    else:
        made = make_shifts(planned, by=user_of(request))
        said = f"{made.made} shifts are made" + (f", in place of {made.replaced}." if made.replaced else ".")
        if made.without_anybody:
            said += f" Nobody is free for {made.without_anybody / 2:g} hours of them: add baristas under Staff."
        messages.success(request, said)
    return redirect(f"{reverse('plan', args=[plan.event.slug])}?day={planned.day}#shifts-title")
