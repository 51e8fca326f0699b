"""Admin forms of the menu and of stock. They also make the checks that involve several fields or rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.live_forms import ANOTHER, LiveForm
from inventory.form_fields import AllergensField, LayersField, LinesField, TranslationsField
from inventory.menu_file import WORD_LENGTH, tidy
from inventory.models import CannotMake, Drink, Ingredient, Option, OptionGroup, Stock, Use
from inventory.shared_words import refuse_shared_words, refuse_without_letters, words_in, words_of
from stations.models import Event

LABELS = {
    "groups": gettext_lazy("Offered with"),
    "defaults": gettext_lazy("Made as"),
    "position": gettext_lazy("Place in the list"),
}


class MenuPartForm(LiveForm):
    """Base of the menu's forms. It removes extra spaces from names, and refuses choices from more than one event."""

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        refuse_without_letters(name)
        return name

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        if len(set(_events_of(cleaned.values()))) > 1:
            raise ValidationError(_("These belong to different events; choose from one event only."))
        return cleaned


def _events_of(values: Iterable[Any]) -> Iterator[int]:
    for value in values:
        for row in value if hasattr(value, "model") else [value]:
            if isinstance(row, Model):
                event = getattr(row, "menu_event_id", None) or getattr(row, "event_id", None) or row.pk
                if event:
                    yield event


class DrinkForm(MenuPartForm):
    fixed = ("event",)
    aliases = LinesField()
    translations = TranslationsField()
    contains = AllergensField(help_text=Drink._meta.get_field("contains").help_text)
    made_of = LayersField(help_text=Drink._meta.get_field("made_of").help_text)

    class Meta:
        model = Drink
        fields = [
            "event",
            "name",
            "category",
            "aliases",
            "translations",
            "groups",
            "defaults",
            "contains",
            "made_of",
            "minutes",
            "price",
            "position",
        ]
        labels = LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name, in_event, shown in (("groups", "event", ""), ("defaults", "group__event", "group")):
                choices: Any = self.fields[name]
                choices.queryset = choices.queryset.filter(**{in_event: self.instance.event_id})
                # Leave the event's name out of the choices, because all of them are from the same event.
                choices.path = shown

    def clean(self) -> Any:
        cleaned = super().clean()
        groups, defaults = cleaned.get("groups") or [], cleaned.get("defaults") or []
        for option in defaults:
            if option.group not in groups:
                raise ValidationError(
                    {
                        "defaults": _("%(option)s belongs to %(group)s, which this drink does not have.")
                        % {"option": option, "group": option.group}
                    }
                )
        if len({option.group_id for option in defaults}) < len(defaults):
            raise ValidationError({"defaults": _("Choose one default for a group.")})
        if "event" in cleaned and "name" in cleaned:
            others = Drink.objects.filter(event=cleaned["event"], retired_at=None).exclude(pk=self.instance.pk)
            refuse_shared_words(cleaned, [(other.name, words_of(other)) for other in others])
        return cleaned


class OptionGroupForm(MenuPartForm):
    fixed = ("event",)
    aliases = LinesField()
    translations = TranslationsField()

    class Meta:
        model = OptionGroup
        fields = ["event", "name", "aliases", "translations", "choose", "ask", "amounts", "role", "default", "position"]
        labels = LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "default" in self.fields:
            choices: Any = self.fields["default"]
            choices.queryset = Option.objects.filter(group=self.instance.pk, retired_at=None)


class OptionForm(MenuPartForm):
    fixed = ("group",)
    aliases = LinesField()
    translations = TranslationsField()
    contains = AllergensField(help_text=Option._meta.get_field("contains").help_text)
    removes = AllergensField(help_text=Option._meta.get_field("removes").help_text)

    class Meta:
        model = Option
        fields = ["group", "name", "aliases", "translations", "contains", "removes", "price", "position"]
        labels = LABELS

    def clean(self) -> Any:
        cleaned = super().clean()
        # This check is for an option's own page. On the page of a group, which lists all options of the group, they can
        # be changed together, and OptionFormSet compares them as typed.
        if not self.prefix and {"group", "name"} <= cleaned.keys():
            others = Option.objects.filter(group=cleaned["group"], retired_at=None).exclude(pk=self.instance.pk)
            refuse_shared_words(cleaned, [(other.name, words_of(other)) for other in others])
        return cleaned


class OptionFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """Refuse a word if two options of the group have it."""
        super().clean()
        seen: list[tuple[str, set[str]]] = []
        for form in self.forms:
            cleaned = getattr(form, "cleaned_data", {})
            if cleaned.get("name") and not cleaned.get("DELETE") and not form.instance.retired_at:
                refuse_shared_words(cleaned, seen)
                seen.append((cleaned["name"], words_in(cleaned)))


class StockForm(MenuPartForm):
    fixed = ("station", "ingredient")
    # Orders change the amount on hand all the time. So a typed count is saved even if the amount has changed meanwhile.
    overwritten = ("on_hand",)

    class Meta:
        model = Stock
        fields = ["station", "ingredient", "on_hand", "low_at"]

    def save(self, commit: bool = True) -> Any:
        if commit and self.instance.pk:
            save_changed(self)
            return self.instance
        return super().save(commit)


def save_changed(form: forms.ModelForm) -> None:
    """Save only the changed columns, because orders can have changed the row's other columns meanwhile."""
    if form.changed_data:
        form.instance.save(update_fields=form.changed_data)


class UseForm(MenuPartForm):
    fixed = ("ingredient", "drink", "option")
    why_fixed = ANOTHER

    class Meta:
        model = Use
        fields = ["ingredient", "drink", "option", "amount"]

    def clean(self) -> Any:
        cleaned = super().clean()
        # This check is for the row's own page. On the page of a drink or an option, which lists all rows of its recipe,
        # they can be changed together, and UseFormSet compares them as typed.
        if not self.prefix and not self.instance.pk and cleaned.get("ingredient"):
            same = {name: cleaned.get(name) for name in ("ingredient", "drink", "option")}
            if Use.objects.filter(**same).exists():
                refuse_second_row(cleaned["ingredient"])
        return cleaned


class UseFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """Refuse an ingredient that is in the recipe twice, because each cup would use both amounts."""
        super().clean()
        seen: set[Ingredient] = set()
        for form in self.forms:
            cleaned = getattr(form, "cleaned_data", {})
            ingredient = cleaned.get("ingredient")
            if ingredient is None or cleaned.get("DELETE"):
                continue
            # Older recipes can have an ingredient twice. Refuse only changed rows, so that such recipes can still be
            # edited.
            if ingredient in seen and form.has_changed():
                refuse_second_row(ingredient)
            seen.add(ingredient)


def refuse_second_row(ingredient: Ingredient) -> None:
    said = _("%(ingredient)s is in this recipe already. Give its whole amount in one row.")
    raise ValidationError(said, params={"ingredient": ingredient})


class IngredientForm(MenuPartForm):
    fixed = ("event",)

    class Meta:
        model = Ingredient
        fields = ["event", "name", "unit"]


class CannotMakeForm(MenuPartForm):
    fixed = ("station", "drink", "option")
    why_fixed = ANOTHER

    class Meta:
        model = CannotMake
        fields = ["station", "drink", "option", "until"]


class WordForm(forms.Form):
    """Form for another word with which customers can order a drink or an option.

    `parts` has the drinks and options to choose from, as `parts_of` returns them."""

    word = forms.CharField(max_length=WORD_LENGTH, label=gettext_lazy("The word"))
    means = forms.ChoiceField(
        label=gettext_lazy("means"), error_messages={"invalid_choice": gettext_lazy("Choose what is on the menu now.")}
    )

    def __init__(self, *args: Any, parts: Mapping[str, Drink | Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        named: dict[str, list[tuple[str, str]]] = {}
        for key, part in parts.items():
            title = part.group.name if isinstance(part, Option) else _("Drinks")
            named.setdefault(title, []).append((key, part.name))
        choices: Any = self.fields["means"]
        choices.choices = [("", "…"), *named.items()]

    def clean_word(self) -> str:
        word = tidy(self.cleaned_data["word"])
        if not any(char.isalnum() for char in word):
            raise ValidationError(_("“%(word)s” has no letter; write the word as customers do."), params={"word": word})
        return word

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        part = self.parts.get(cleaned.get("means", ""))
        if part and "word" in cleaned:
            names = [(each.name, words_of(each)) for each in self.parts.values() if _share_words(each, part)]
            refuse_shared_words({"name": cleaned["word"]}, names)
        return cleaned

    def save(self) -> Drink | Option:
        part = self.parts[self.cleaned_data["means"]]
        part.aliases = [*part.aliases, self.cleaned_data["word"]]
        part.save(update_fields=["aliases"])
        return part


def parts_of(event: Event) -> dict[str, Drink | Option]:
    """Return all drinks and options on the event's menu, by the key that identifies them in the form."""
    drinks = Drink.objects.filter(event=event, retired_at=None)
    options = Option.objects.filter(group__event=event, group__retired_at=None, retired_at=None)
    options = options.select_related("group").order_by("group__position", "group", "position", "pk")
    parts: list[Drink | Option] = [*drinks, *options]
    return {f"{part._meta.model_name}-{part.pk}": part for part in parts}


def _share_words(one: Drink | Option, other: Drink | Option) -> bool:
    """Return True if the two must not have a word in common: two drinks, or two options of one group."""
    if isinstance(one, Option) and isinstance(other, Option):
        return one.group_id == other.group_id
    return type(one) is type(other)
