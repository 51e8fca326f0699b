"""The form that reads the days and options of a report from the query string."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.access import Right, within
from accounts.models import User
from expresso.reports.period import Period
from expresso.reports.report import Report
from stations.models import Event

BEFORE = "before"
#: Maximum length of a report's period, in days.
LONGEST = 3660


class ReportForm(forms.Form):
    """Form with the days of a report, what to compare them with, and the price of a text segment.

    If it is empty, the report has all days and no comparison."""

    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    compare = forms.ChoiceField(label=_("Compare with"), required=False)
    price = forms.DecimalField(
        label=_("Price of a segment"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=5,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "0.0079"}),
    )

    def __init__(self, given: Mapping[str, Any], *, event: Event, user: User) -> None:
        super().__init__(given)
        self.event = event
        self.others = {each.slug: each for each in within(user, Right.MANAGE, Event.objects.exclude(pk=event.pk), "pk")}
        choices = [(slug, each.name) for slug, each in self.others.items()]
        cast("forms.ChoiceField", self.fields["compare"]).choices = [
            ("", _("Nothing")),
            (BEFORE, _("As many days before")),
            *choices,
        ]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            raise ValidationError({"last": _("The last day is before the first.")})
        for name, day in (("first", first), ("last", last)):
            if day and not dt.date(2000, 1, 1) <= day <= dt.date(2200, 1, 1):
                self.add_error(name, _("Give a day between 2000 and 2200."))
        return given

    def report(self) -> Report:
        """Return the report for these fields. A field with an invalid value counts as empty."""
        self.is_valid()
        given = self.cleaned_data
        whole = Period.whole(self.event)
        first, last = given.get("first"), given.get("last")
        first = first or min(whole.first, last or whole.first)
        period = Period(self.event, first, max(first, last or whole.last))
        return Report(period, given.get("price"), self._compared(period, given.get("compare", "")))

    def _compared(self, period: Period, name: str) -> Period | None:
        if name == BEFORE:
            return period.before()
        return Period.whole(self.others[name]) if name in self.others else None
