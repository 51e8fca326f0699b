"""Forms of the planner's page."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.live_forms import LiveForm
from expresso.planner.mix import is_weighed
from expresso.planner.models import EventPlan, PlannedBreak
from expresso.planner.programme import LARGEST, MOST, ProgrammeBreak, ProgrammeError, read_file, read_lines
from inventory.menu import Menu
from stations.models import Event

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
TIME = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class PlanForm(LiveForm):
    class Meta:
        model = EventPlan
        fields: ClassVar[list[str]] = [
            "attendees",
            "wait",
            "minutes_per_drink",
            "morning_share",
            "afternoon_share",
            "between_share",
        ]
        labels: ClassVar[dict[str, Any]] = {
            "attendees": _("Attendees a day"),
            "wait": _("Longest wait, minutes"),
            "minutes_per_drink": _("Minutes per drink"),
            "morning_share": _("In a morning break, %"),
            "afternoon_share": _("In an afternoon break, %"),
            "between_share": _("Between breaks, % an hour"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "wait": _(
                "19 of 20 orders should be ready within this time. Most people are willing to wait five to six minutes."
            ),
            "morning_share": _("Percentage of attendees who take a drink. Usual: 85."),
            "afternoon_share": _("The same for breaks from noon on. Usual: 40 to 50."),
            "between_share": _(
                "Percentage of attendees who come for a drink in each hour without a break. 2 is an assumption."
            ),
        }


class BreakForm(forms.Form):
    """One break of the programme, a row of the page. A row without times is ignored."""

    day = forms.DateField(required=False, label=_("Day"), widget=DAY)
    starts = forms.TimeField(required=False, label=_("From"), widget=TIME)
    ends = forms.TimeField(required=False, label=_("Until"), widget=TIME)
    name = forms.CharField(required=False, max_length=80, label=_("What"))
    share = forms.IntegerField(
        required=False, min_value=0, max_value=300, label=_("Take a drink, %"), widget=forms.NumberInput()
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors or self.is_empty:
            return given
        for name, sentence in (
            ("day", _("Give the day.")),
            ("starts", _("Give the time.")),
            ("ends", _("Give the time.")),
        ):
            if given.get(name) is None:
                self.add_error(name, sentence)
        day = given.get("day")
        if day is not None and not 2000 < day.year < 2200:
            self.add_error("day", _("Give a day of this century."))
        if not self.errors and given["ends"] <= given["starts"]:
            self.add_error("ends", _("The break ends before it begins."))
        return given

    @property
    def is_empty(self) -> bool:
        """True if the row has no times. It was never filled, or its times were deleted to remove the break."""
        return self.cleaned_data.get("starts") is None and self.cleaned_data.get("ends") is None

    def as_break(self, event: Event) -> ProgrammeBreak:
        given = self.cleaned_data
        starts, ends = (
            dt.datetime.combine(given["day"], given[name], event.zone).astimezone(dt.UTC) for name in ("starts", "ends")
        )
        return ProgrammeBreak(given["name"], starts, ends, given["share"])


BreakForms = forms.formset_factory(BreakForm, extra=3, max_num=MOST, validate_max=True)


def row_of(event: Event, each: PlannedBreak) -> dict[str, Any]:
    """Return the form values of a planned break."""
    starts, ends = event.local(each.starts_at), event.local(each.ends_at)
    return {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "name": each.name,
        "share": each.share,
    }


class MixForm(forms.Form):
    """Form of how often each drink, milk and size is ordered. Only the proportions of the numbers count."""

    def __init__(self, *args: Any, menu: Menu, weights: dict[str, float], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drinks = [
            self._add("drink", pk, name, weights)
            for pk, name in menu.names.drinks.items()
            if name in menu.drink_by_name
        ]
        self.options = {
            group.name: [
                self._add("option", pk, option, weights)
                for pk, (of, option) in menu.names.options.items()
                if of == group.name and option in {each.name for each in group.options}
            ]
            for group in menu.groups
            if is_weighed(group)
        }

    def _add(self, kind: str, pk: int, name: str, weights: dict[str, float]) -> str:
        key = f"{kind}-{pk}"
        self.fields[key] = forms.FloatField(
            label=name,
            required=False,
            validators=[MinValueValidator(0), MaxValueValidator(1_000_000)],
            initial=round(weights.get(key, 0.0), 1),
            widget=forms.NumberInput(attrs={"step": "any", "min": 0}),
        )
        return key

    def drink_fields(self) -> list[forms.BoundField]:
        return [self[key] for key in self.drinks]

    def option_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the form fields of the options, by option group."""
        return [(group, [self[key] for key in keys]) for group, keys in self.options.items()]

    def drink_weights(self) -> dict[str, float]:
        return self._weights(self.drinks)

    def option_weights(self) -> dict[str, float]:
        return self._weights([key for keys in self.options.values() for key in keys])

    def _weights(self, keys: list[str]) -> dict[str, float]:
        """Return the numbers that are typed and not 0, by primary key of the drink or option."""
        return {key.partition("-")[2]: self.cleaned_data[key] for key in keys if self.cleaned_data.get(key)}


class ProgrammeForm(forms.Form):
    lines = forms.CharField(
        required=False,
        max_length=20_000,
        label=_("Breaks, one a line"),
        widget=forms.Textarea(
            attrs={"rows": 4, "placeholder": "2026-06-01 10:30-11:00 Morning tea\n12:30-13:30 Lunch, 60%"}
        ),
    )
    file = forms.FileField(required=False, label=_("Or a file: ICS or CSV"))

    def __init__(self, *args: Any, event: Event, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.day = event, day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file, lines = given.get("file"), given.get("lines") or ""
        if file is not None and file.size > LARGEST:
            self.add_error("file", _("The file is larger than 1 MB."))
        if self.errors or not (file or lines.strip()):
            return given | {"breaks": []}
        zone = self.event.zone
        try:
            given["breaks"] = (
                read_file(file.read(), zone=zone, day=self.day) if file else read_lines(lines, zone=zone, day=self.day)
            )
        except ProgrammeError as error:
            self.add_error("file" if file else "lines", str(error))
        return given
