"""Admin forms for rows that can change while a form is open: pauses, closed stations, stock, customers' names.

The page has a hidden copy of each value. A field that still has this value was not edited, and is not saved. If the
user edited a field and somebody else changed the same value in the database meanwhile, the form shows an error with the
new value. Saving once more overwrites it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import ManyToManyField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BELONGS = gettext_lazy("Fixed once it is saved, because orders and stock belong to it.")
ANOTHER = gettext_lazy("Fixed once it is saved. Delete this one and add another instead.")


def say_limits(form: forms.ModelForm) -> None:
    """Make number fields refuse values outside their column's limits, with a message such as "from 1 to 90".

    Django's own message names only one of the limits. In the browser, Django would allow 0 where the column's minimum
    is 1."""
    columns = {column.name: column for column in form.instance._meta.concrete_fields}
    for name, field in form.fields.items():
        rules = columns[name].validators if name in columns and isinstance(field, forms.IntegerField) else ()
        lows = [int(rule.limit_value) for rule in rules if isinstance(rule, MinValueValidator)]
        highs = [int(rule.limit_value) for rule in rules if isinstance(rule, MaxValueValidator)]
        if lows and highs:
            least, most = max(lows), min(highs)
            said = _("Write a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
            field.validators = [MinValueValidator(least, said), MaxValueValidator(most, said)]
            field.error_messages["invalid"] = said
            field.widget.attrs |= {"min": least, "max": most}


class LiveBoundField(forms.BoundField):
    @property
    def shown(self) -> str:
        """Return a hidden input with the value that the page shows, so that the posted form also contains this value.
        Return "" for fields that are not compared with the database.

        Django itself adds the input to a field that is rendered as a whole. A template that renders a field's choices
        one by one must add `field.shown`."""
        return self.as_hidden(only_initial=True) if self.field.show_hidden_initial else ""


class LiveForm(forms.ModelForm):
    """Base class of admin forms for rows that can change while the form is open."""

    bound_field_class = LiveBoundField

    #: Relation fields that cannot be changed once the row is saved.
    fixed: ClassVar[tuple[str, ...]] = ()
    why_fixed = BELONGS
    #: Fields that Expresso itself changes all the time. What the user types replaces such a change without an error.
    overwritten: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_limits(self)
        for name in self._live_fields():
            self.fields[name].show_hidden_initial = True
        for name in self.fixed if self.instance.pk else ():
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].help_text = self.why_fixed

    def _live_fields(self) -> list[str]:
        """Return the names of the fields that can be edited and have a column. For a row that is not saved yet, return
        none."""
        if not self.instance.pk:
            return []
        columns = {f.name for f in self.instance._meta.get_fields() if not isinstance(f, ManyToManyField)}
        return [name for name in self.fields if name in columns and name not in self.fixed]

    @cached_property
    def changed_data(self) -> list[str]:
        """Return the names of the fields that the user edited: their values differ from the hidden values on the page.

        A script can post a form without the hidden values. Then the posted values are compared with the row."""
        changed = []
        for name, field in self.fields.items():
            bound = self[name]
            initial = self._shown(name) if self._is_shown(name) else self.get_initial_for_field(field, name)
            if not field.disabled and field.has_changed(initial, bound.data):
                changed.append(name)
        return changed

    def _is_shown(self, name: str) -> bool:
        """Return whether the posted form contains the value that the page showed."""
        return self.fields[name].show_hidden_initial and self[name].html_initial_name in self.data

    def _shown(self, name: str) -> Any:
        field, bound = self.fields[name], self[name]
        raw = field.hidden_widget().value_from_datadict(self.data, self.files, bound.html_initial_name)
        try:
            return field.to_python(raw)
        except forms.ValidationError:
            return None

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        for name in self._live_fields():
            if name not in self.changed_data:
                if name in cleaned:
                    # The user did not change this field, so keep the value that the row has now.
                    cleaned[name] = getattr(self.instance, name)
            elif name not in self.overwritten and self._changed_meanwhile(name):
                self._report(name)
        return cleaned

    def _changed_meanwhile(self, name: str) -> bool:
        field, bound = self.fields[name], self[name]
        if bound.html_initial_name not in self.data:
            return False
        now = self.get_initial_for_field(field, name)
        shown = field.hidden_widget().value_from_datadict(self.data, self.files, bound.html_initial_name)
        return field.has_changed(now, shown) and field.has_changed(now, bound.data)

    def _report(self, name: str) -> None:
        field, bound = self.fields[name], self[name]
        now = field.prepare_value(self.get_initial_for_field(field, name))
        self.add_error(
            name,
            _("Somebody changed this meanwhile; it is now: %(now)s. Save once more to overwrite it.")
            % {"now": _("empty") if now in (None, "") else now},
        )
        # Put the present value into the hidden input, as a value that the user has seen. If the user saves once more,
        # the value in the database equals the hidden one, so it is overwritten without another error.
        data: Any = cast("QueryDict", self.data).copy()
        if isinstance(now, list):
            data.setlist(bound.html_initial_name, now)
        else:
            data[bound.html_initial_name] = field.hidden_widget().format_value(now) or ""
        self.data = data
