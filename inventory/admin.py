from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import Right, user_of, within
from accounts.backoffice import AuditedAdmin, NamesInFull, OneInFull
from accounts.typed_input import whole_number
from inventory.forms import (
    CannotMakeForm,
    DrinkForm,
    IngredientForm,
    OptionForm,
    OptionFormSet,
    OptionGroupForm,
    StockForm,
    UseForm,
    UseFormSet,
    save_changed,
)
from inventory.models import CannotMake, Drink, Ingredient, MenuPart, Option, OptionGroup, Stock, Use, touch_menu
from inventory.shared_words import refuse_words_of_others
from stations.models import Station


class MenuPartAdmin(NamesInFull, AuditedAdmin):
    """Base of the menu's admin pages. After a bulk deletion, which does not call `MenuPart.delete`, it increases the
    menu version."""

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        events = menu_events_of(queryset)
        super().delete_queryset(request, queryset)
        touch_menus(events)


def menu_events_of(rows: QuerySet[Any]) -> set[int]:
    return {row.menu_event_id for row in rows if isinstance(row, MenuPart)}


def touch_menus(events: set[int]) -> None:
    for event in events:
        touch_menu(event)


class OnMenuFilter(admin.SimpleListFilter):
    title = gettext_lazy("on the menu")
    parameter_name = "retired"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("On the menu")), ("yes", _("Retired"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return queryset if self.value() is None else queryset.filter(retired_at__isnull=self.value() == "no")


class RetirableAdmin(MenuPartAdmin):
    """Base of admin pages for rows that are retired instead of deleted, because old orders refer to them."""

    actions = ["retire", "put_back"]

    @admin.display(description=gettext_lazy("on the menu"), boolean=True, ordering="-retired_at")
    def on_menu(self, row: Any) -> bool:
        return row.retired_at is None

    @admin.action(description=gettext_lazy("Take off the menu"), permissions=["change"])
    def retire(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._set_retired(request, queryset.filter(retired_at=None), "retired", at=timezone.now())

    @admin.action(description=gettext_lazy("Put back on the menu"), permissions=["change"])
    def put_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        taken = [row for row in queryset.exclude(retired_at=None) if self._said_of_another(request, row)]
        rows = queryset.exclude(retired_at=None).exclude(pk__in=[row.pk for row in taken])
        self._set_retired(request, rows, "put back on the menu", at=None)

    def _said_of_another(self, request: HttpRequest, row: Any) -> bool:
        """Check a retired row before it is put back on the menu. If another row on the menu has taken one of its words,
        show a warning and return True."""
        if not isinstance(row, Drink | Option):
            return False
        row.retired_at = None
        try:
            refuse_words_of_others(row)
        except ValidationError as fault:
            self.message_user(request, f"{row}: {' '.join(fault.messages)}", messages.WARNING)
            return True
        return False

    def _set_retired(self, request: HttpRequest, queryset: QuerySet[Any], act: str, *, at: Any) -> None:
        rows = list(queryset)
        self.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(retired_at=at)
        touch_menus({row.menu_event_id for row in rows})
        for row in rows:
            self.record_act(request, act, row, changes={"retired_at": (row.retired_at, at)})
        said = ngettext("%(count)d changed.", "%(count)d changed.", len(rows))
        self.message_user(request, said % {"count": len(rows)})


class AtStationForm(ActionForm):
    """Adds a field beside the admin's list of actions: the station at which the selected rows are sold out."""

    station = OneInFull(
        Station.objects.select_related("event"), path="event", required=False, label=gettext_lazy("Station:")
    )


class SellableAdmin(RetirableAdmin):
    """Base of the admin pages of drinks and options. Both can be sold out at a station."""

    #: The name of CannotMake's field that refers to this model.
    part: ClassVar[str]
    action_form = AtStationForm
    actions = ["sold_out", "available", "retire", "put_back"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(aliases_as_text=Cast("aliases", TextField()))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        response = super().changelist_view(request, extra_context)
        # Remove stations of other events here, because Django creates the action form without the request.
        form = getattr(response, "context_data", {}).get("action_form")
        if form:
            form.fields["station"].queryset = self._stations(request)
        return response

    def _stations(self, request: HttpRequest) -> QuerySet[Station]:
        return within(user_of(request), Right.MANAGE, Station.objects.select_related("event"), "event")

    @admin.action(description=gettext_lazy("Sold out at the station"), permissions=["change"])
    def sold_out(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        if found := self._at_station(request, queryset):
            station, rows = found
            # Rows that were sold out until a certain time now stay sold out without an end.
            self._gaps(station, rows).update(until=None)
            gaps = [CannotMake(station=station, **{self.part: row}) for row in rows]
            CannotMake.objects.bulk_create(gaps, ignore_conflicts=True)
            self._changed(request, station, rows, "sold out")

    @admin.action(description=gettext_lazy("Available again at the station"), permissions=["change"])
    def available(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        if found := self._at_station(request, queryset):
            station, rows = found
            self._gaps(station, rows).delete()
            self._changed(request, station, rows, "available again")

    def _gaps(self, station: Station, rows: list[Any]) -> QuerySet[CannotMake]:
        return CannotMake.objects.filter(station=station, **{f"{self.part}__in": rows})

    def _at_station(self, request: HttpRequest, queryset: QuerySet[Any]) -> tuple[Station, list[Any]] | None:
        """Return the chosen station and the selected rows. Show an error and return None if they belong to different
        events or no station was chosen."""
        station = self._stations(request).filter(pk=whole_number(request.POST.get("station")) or 0).first()
        rows = list(queryset)
        if station is None:
            self.message_user(request, _("Choose a station beside the action."), "ERROR")
        elif {row.menu_event_id for row in rows} != {station.event_id}:
            self.message_user(request, _("%(station)s belongs to another event.") % {"station": station}, "ERROR")
        else:
            return station, rows
        return None

    def _changed(self, request: HttpRequest, station: Station, rows: list[Any], act: str) -> None:
        touch_menu(station.event_id)
        for row in rows:
            self.record_act(request, act, row, station=str(station))
        self.message_user(request, f"{station}: {', '.join(map(str, rows))} {act}.")


class OptionInline(admin.TabularInline):
    model = Option
    form = OptionForm
    formset = OptionFormSet
    extra = 0
    fields = ["name", "aliases", "translations", "position"]
    show_change_link = True


class UseInline(NamesInFull, admin.TabularInline):
    model = Use
    form = UseForm
    formset = UseFormSet
    extra = 0
    fields = ["ingredient", "amount"]
    told_apart_by = {"ingredient": "event"}


@admin.register(OptionGroup)
class OptionGroupAdmin(RetirableAdmin):
    event_path = "event"
    form = OptionGroupForm
    list_display = ["name", "event", "role", "choose", "ask", "amounts", "default", "on_menu"]
    list_filter = ["event", OnMenuFilter, "ask"]
    list_select_related = ["event", "default"]
    search_fields = ["name"]
    inlines = [OptionInline]


@admin.register(Option)
class OptionAdmin(SellableAdmin):
    event_path = "group__event"
    form = OptionForm
    part = "option"
    list_display = ["name", "group", "event", "words", "on_menu"]
    list_filter = ["group__event", OnMenuFilter, "group"]
    search_fields = ["name", "group__name", "aliases_as_text"]
    told_apart_by = {"group": "event"}
    inlines = [UseInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("group__event")

    @admin.display(description=gettext_lazy("event"), ordering="group__event")
    def event(self, option: Option) -> str:
        return str(option.group.event)

    @admin.display(description=gettext_lazy("other words"))
    def words(self, option: Option) -> str:
        return ", ".join(option.aliases)


@admin.register(Drink)
class DrinkAdmin(SellableAdmin):
    event_path = "event"
    form = DrinkForm
    part = "drink"
    list_display = ["name", "event", "category", "minutes", "words", "on_menu"]
    list_filter = ["event", OnMenuFilter, "category"]
    list_select_related = ["event"]
    search_fields = ["name", "category", "aliases_as_text"]
    told_apart_by = {"groups": "event", "defaults": "group__event"}
    inlines = [UseInline]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        # Use check boxes, because selecting several rows in a list needs the Ctrl key, which a tablet lacks.
        kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("other words"))
    def words(self, drink: Drink) -> str:
        return ", ".join(drink.aliases)


@admin.register(CannotMake)
class CannotMakeAdmin(MenuPartAdmin):
    event_path = "station__event"
    form = CannotMakeForm
    list_display = ["what", "station", "event", "until", "holds_now"]
    list_filter = ["station__event", "station"]
    told_apart_by = {"station": "event", "drink": "event", "option": "group__event"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[CannotMake]:
        return super().get_queryset(request).select_related("station__event", "drink", "option")

    @admin.display(description=gettext_lazy("drink or option"))
    def what(self, row: CannotMake) -> str:
        return str(row.drink or row.option)

    @admin.display(description=gettext_lazy("event"), ordering="station__event")
    def event(self, row: CannotMake) -> str:
        return str(row.station.event)

    @admin.display(description=gettext_lazy("now"), boolean=True)
    def holds_now(self, row: CannotMake) -> bool:
        return row.holds()


class StockInline(NamesInFull, admin.TabularInline):
    model = Stock
    form = StockForm
    extra = 0
    fields = ["station", "on_hand", "reserved", "low_at"]
    readonly_fields = ["reserved"]
    told_apart_by = {"station": "event"}


@admin.register(Ingredient)
class IngredientAdmin(MenuPartAdmin):
    event_path = "event"
    form = IngredientForm
    list_display = ["name", "unit", "event"]
    list_filter = ["event"]
    list_select_related = ["event"]
    search_fields = ["name"]
    inlines = [StockInline]


@admin.register(Stock)
class StockAdmin(MenuPartAdmin):
    event_path = "station__event"
    form = StockForm
    list_display = ["ingredient", "station", "event", "on_hand", "unit", "reserved", "low_at", "enough"]
    list_editable = ["on_hand", "low_at"]
    list_filter = ["station__event", "station", "ingredient"]
    search_fields = ["ingredient__name", "station__name"]
    readonly_fields = ["reserved"]
    told_apart_by = {"station": "event", "ingredient": "event"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stock]:
        return super().get_queryset(request).select_related("station__event", "ingredient")

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, form=StockForm, **kwargs)

    def save_model(self, request: HttpRequest, obj: Stock, form: Any, change: bool) -> None:
        if change:
            save_changed(form)
        else:
            super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("event"), ordering="station__event")
    def event(self, stock: Stock) -> str:
        return str(stock.station.event)

    @admin.display(description=gettext_lazy("unit"))
    def unit(self, stock: Stock) -> str:
        return stock.ingredient.unit

    @admin.display(description=gettext_lazy("enough"), boolean=True)
    def enough(self, stock: Stock) -> bool:
        return not stock.is_low


@admin.register(Use)
class UseAdmin(MenuPartAdmin):
    event_path = "ingredient__event"
    form = UseForm
    list_display = ["what", "ingredient", "amount", "unit", "event"]
    list_filter = ["ingredient__event", "ingredient"]
    search_fields = ["ingredient__name", "drink__name", "option__name"]
    told_apart_by = {"ingredient": "event", "drink": "event", "option": "group__event"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Use]:
        return super().get_queryset(request).select_related("ingredient__event", "drink", "option")

    @admin.display(description=gettext_lazy("drink or option"))
    def what(self, use: Use) -> str:
        return str(use.drink or use.option)

    @admin.display(description=gettext_lazy("unit"))
    def unit(self, use: Use) -> str:
        return use.ingredient.unit

    @admin.display(description=gettext_lazy("event"), ordering="ingredient__event")
    def event(self, use: Use) -> str:
        return str(use.ingredient.event)
