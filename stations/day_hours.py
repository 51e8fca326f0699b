"""The form field for the opening hours of single days, used on the set-up page and in the admin."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from stations.models import Event
from stations.validators import known_day_hours

#: Maximum number of days in the table, and how many days it has if the event has no last day.
MOST_SHOWN, WITHOUT_END = 31, 14
HELP = _("Leave a day empty to keep the usual hours. A closing time before the opening time is after midnight.")


def days_shown(event: Event) -> list[dt.date]:
    """Return the days in the table; an empty list for an event that is not saved yet.

    These are all days of the event. If there are more than 31, they are the 31 days from today or from a later first
    day. If the event has no last day, they are 14. Days that already have their own hours are always there."""
    if event.pk is None:
        return []
    today = event.day_of(timezone.now())
    first, last = event.first_day or today, event.last_day
    if last is None or (last - first).days >= MOST_SHOWN:
        first = max(first, today)
        last = min(last or dt.date.max, first + dt.timedelta(days=(MOST_SHOWN if last else WITHOUT_END) - 1))
    shown = {first + dt.timedelta(days=n) for n in range((last - first).days + 1)}
    return sorted(shown | {dt.date.fromisoformat(day) for day in event.day_hours})


class DayHoursTable(forms.Widget):
    """A table with a row for each day: opening time, closing time, and a box to mark the day as closed.

    The value is a dict from day to [opens, closes], or to None for a closed day."""

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["css/fields.css"]}

    use_fieldset = True
    days: list[dt.date] = []

    def id_for_label(self, id_: str) -> str:
        """Return no id: the label of the whole table belongs to no single input, and each input has its own."""
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        hours: dict[str, Any] = json.loads(value or "{}")
        rows = [
            {"day": day, "name": f"{name}-{day}", "hours": found or ("", ""), "is_closed": found is None}
            for day in self.days
            for found in [hours.get(day.isoformat(), ())]
        ]
        return render_to_string("stations/day_hours.html", {"rows": rows, "differ": len(hours), "help": HELP})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for day in self._posted(data, name):
            opens, closes = ((data.get(f"{name}-{day}-{end}") or "").strip()[:5] for end in ("opens", "closes"))
            if data.get(f"{name}-{day}-closed"):
                found[day] = None
            elif opens or closes:
                found[day] = [opens, closes]
        return found

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not self._posted(data, name)

    def _posted(self, data: Mapping[str, Any], name: str) -> list[str]:
        pattern = re.compile(rf"{re.escape(name)}-(\d{{4}}-\d\d-\d\d)-opens")
        return [found[1] for key in data if (found := pattern.fullmatch(key))]


class DayHoursField(forms.Field):
    widget = DayHoursTable
    default_validators = [known_day_hours]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label=_("Hours of single days"), **kwargs)

    def show_days_of(self, event: Event) -> None:
        table: Any = self.widget
        table.days = days_shown(event)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else json.dumps(value or {}, sort_keys=True)

    def to_python(self, value: Any) -> dict[str, Any]:
        """Return the value as a dict. It is a dict from the table, or JSON text from the hidden copy that
        `prepare_value` filled."""
        try:
            found = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            found = None
        return found if isinstance(found, dict) else {}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)
