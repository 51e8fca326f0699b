"""The shapes of the API. Serializers hold no rules: the verbs check what they are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field, inline_serializer
from rest_framework import serializers

from accounts.models import Role, User
from inventory.menu import LAYERS, Menu
from inventory.models import Drink, Option, OptionGroup
from orders.items import Choice, Item
from orders.models import Channel, Order, Status

QUALIFIERS = ("no", "light", "extra")


class Strict(serializers.Serializer[Any]):
    """Refuses fields that it does not know: a mistyped name must not pass for a missing one.

    It also refuses values of another type than the schema's, which Django REST framework would turn into that type."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            faults = {name: ["There is no such field."] for name in sorted(set(data) - set(self.fields))}
            for name, field in self.fields.items():
                if name in data and (wanted := _other_type(field, data[name])):
                    faults[name] = [f"Give {wanted}."]
            if faults:
                raise serializers.ValidationError(faults)
        return super().to_internal_value(data)


_TYPES: tuple[tuple[Any, str, Any], ...] = (
    (serializers.BooleanField, "true or false", lambda value: isinstance(value, bool)),
    (serializers.IntegerField, "a whole number", lambda value: _is_number(value) and value == value // 1),
    (serializers.DecimalField, "a number", lambda value: _is_number(value) or isinstance(value, str)),
    (serializers.CharField, "a text", lambda value: isinstance(value, str)),
    (serializers.ChoiceField, "a text", lambda value: isinstance(value, str)),
    (serializers.DateTimeField, "a text", lambda value: isinstance(value, str)),
)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _other_type(field: Any, value: Any) -> str:
    """What the field takes, in words, if the value is of another JSON type; "" if it fits or the field will see."""
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        return next(filter(None, (_other_type(field.child, each) for each in value)), "")
    fitting = ((words, fits) for kind, words, fits in _TYPES if isinstance(field, kind))
    return next((words for words, fits in fitting if value is not None and not fits(value)), "")


@extend_schema_field(
    {
        "oneOf": [{"type": "number", "minimum": 0, "maximum": 99}, {"enum": [*QUALIFIERS]}, {"type": "null"}],
        "description": "A count (2 sugars, 0.5), or no, light or extra; null where nothing was said.",
    }
)
class AmountField(serializers.Field[Any, Any, Any, Any]):
    default_error_messages = {"invalid": "Give a number from 0 to 99, or one of: no, light, extra."}

    def to_internal_value(self, data: Any) -> float | str:
        if isinstance(data, str) and data in QUALIFIERS:
            return data
        if isinstance(data, int | float) and not isinstance(data, bool) and 0 <= data <= 99:
            return float(data)
        raise serializers.ValidationError(self.error_messages["invalid"])

    def to_representation(self, value: Any) -> Any:
        return value


class ChoiceSerializer(Strict):
    group = serializers.CharField(max_length=40, help_text="Name of the option group, such as Milk.")
    option = serializers.CharField(max_length=40, help_text="Name of the option, such as Oat.")
    amount = AmountField(required=False, allow_null=True, default=None)


class ItemSerializer(Strict):
    """One line of an order. Drinks and options go by their names on the menu."""

    drink = serializers.CharField(max_length=40)
    quantity = serializers.IntegerField(min_value=1, max_value=99, default=1, help_text="Cups.")
    options = ChoiceSerializer(many=True, required=False, help_text="What differs from the default.")
    name = serializers.CharField(
        max_length=40, required=False, allow_blank=True, allow_null=True, help_text="Who this cup is for."
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, help_text="For the barista.")


@extend_schema_field(
    {"oneOf": [{"type": "string", "minLength": 1, "maxLength": 40}, {"type": "integer", "minimum": 1}]}
)
class NameOrIdField(serializers.Field[Any, Any, Any, Any]):
    default_error_messages = {"invalid": "Give a name on the menu, or an id."}

    def to_internal_value(self, data: Any) -> str | int:
        if isinstance(data, int) and not isinstance(data, bool):
            return data
        name: str = serializers.CharField(max_length=40).run_validation(data)
        return name


class WantedChoiceSerializer(ChoiceSerializer):
    group = serializers.CharField(max_length=40, required=False, help_text="May be left out beside an option's id.")
    option = NameOrIdField(  # type: ignore[assignment]
        help_text="Name of the option, such as Oat, or its id."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if isinstance(attrs["option"], str) and "group" not in attrs:
            raise serializers.ValidationError({"group": ["Name the option's group, or give the option's id."]})
        return attrs


class WantedItemSerializer(ItemSerializer):
    """One line of an order. Drinks and options go by their names on the menu or by their ids."""

    drink = NameOrIdField(help_text="Name of the drink, or its id.")  # type: ignore[assignment]
    options = WantedChoiceSerializer(many=True, required=False, help_text="What differs from the default.")


def item_of(given: Mapping[str, Any], menu: Menu) -> Item:
    """The item that was asked for. An id that the menu does not know stands as a name, which no drink has."""
    drink = given["drink"]
    return Item(
        drink=drink if isinstance(drink, str) else menu.names.drinks.get(drink, f"{drink}"),
        quantity=given["quantity"],
        choices=tuple(_choice_of(choice, menu) for choice in given.get("options", ())),
        name=given.get("name") or None,
        note=given.get("note", ""),
    )


def _choice_of(given: Mapping[str, Any], menu: Menu) -> Choice:
    group, option = given.get("group", ""), given["option"]
    if isinstance(option, int):
        group, option = menu.names.options.get(option, (group, f"{option}"))
    return Choice(group, option, given["amount"])


class LineSerializer(serializers.Serializer[Any]):
    """A line of a saved order."""

    id = serializers.IntegerField(source="pk")
    drink = serializers.CharField(source="drink_name")
    quantity = serializers.IntegerField(help_text="Cups.")
    options = ChoiceSerializer(many=True, source="choices")
    name = serializers.CharField()
    note = serializers.CharField()
    made = serializers.BooleanField(help_text="Ticked off while the rest is being made.")


class OrderSerializer(serializers.Serializer[Order]):
    id = serializers.IntegerField(source="pk")
    code = serializers.CharField(help_text="Called out and shown on the wall; used again for a later order.")
    event = serializers.CharField(source="event.slug")
    station = serializers.CharField(source="station.slug")
    status = serializers.ChoiceField(choices=Status.choices)
    version = serializers.IntegerField(help_text="Grows with every change; the ETag.")
    channel = serializers.ChoiceField(choices=Channel.choices)
    customer = serializers.IntegerField(source="customer_id", allow_null=True)
    name = serializers.CharField(help_text="For the cup.")
    note = serializers.CharField()
    vip = serializers.BooleanField()
    cups = serializers.IntegerField()
    minutes = serializers.FloatField(help_text="Hands-on minutes for the whole order.")
    items = LineSerializer(many=True, source="items.all")
    maker = serializers.CharField(source="maker.username", allow_null=True, default=None)
    placed_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    ready_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    quoted_from = serializers.DateTimeField(allow_null=True, help_text="The promised wait, as a range.")
    quoted_to = serializers.DateTimeField(allow_null=True)
    wanted_at = serializers.DateTimeField(
        allow_null=True, help_text="For when it is wanted; null: as soon as possible."
    )
    held = serializers.BooleanField(help_text="For later, and not in the queue yet.")
    change_requested = serializers.SerializerMethodField(help_text="The customer wants something else; see the board.")

    def get_change_requested(self, order: Order) -> bool:
        return order.wish is not None


class WaitSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(help_text="Place in the queue; 1 is next, 0 is being made or ready.")
    earliest = serializers.IntegerField(help_text="Minutes from now.")
    latest = serializers.IntegerField(help_text="Minutes from now.")


class OrderWithWaitSerializer(OrderSerializer):
    wait = serializers.SerializerMethodField()

    @extend_schema_field(WaitSerializer)
    def get_wait(self, order: Order) -> dict[str, Any]:
        from orders.routing import wait_of

        return dict(WaitSerializer(wait_of(order)).data)


class NewOrderSerializer(Strict):
    items = WantedItemSerializer(many=True, allow_empty=False)
    name = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    phone = serializers.CharField(
        max_length=32,
        required=False,
        allow_blank=True,
        default="",
        help_text="Gets the ready text. With country code, or as it is written where the event is.",
    )
    wanted_at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="For when it is wanted; null: as soon as possible."
    )
    station = serializers.SlugField(required=False, default="", help_text="Made there if it can be; else the quickest.")


class ChangedOrderSerializer(Strict):
    items = WantedItemSerializer(many=True, allow_empty=False, required=False)
    name = serializers.CharField(max_length=40, required=False, allow_blank=True)
    wanted_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="For when it is wanted; null: as soon as possible."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError("Give items, a name or wanted_at.")
        return attrs


class NoFieldsSerializer(Strict):
    """An empty body, or {}."""


class ReasonSerializer(Strict):
    reason = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class ToStationSerializer(Strict):
    to = serializers.SlugField(help_text="Slug of the station, of the same event.")


class TickSerializer(Strict):
    item = serializers.IntegerField(min_value=1, max_value=2**31, help_text="Id of a line of this order.")
    made = serializers.BooleanField(default=True)


class EventSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    name = serializers.CharField()
    time_zone = serializers.CharField(help_text="IANA name, such as Europe/Berlin.")
    languages = serializers.ListField(child=serializers.CharField())
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    opens_at = serializers.TimeField(allow_null=True, help_text="In the event's time zone.")
    closes_at = serializers.TimeField(allow_null=True, help_text="Before the opening time: after midnight.")
    is_open = serializers.SerializerMethodField(help_text="Orders are taken right now.")
    paused_until = serializers.DateTimeField(allow_null=True)
    max_drinks_per_order = serializers.IntegerField()
    menu_version = serializers.IntegerField()

    def get_is_open(self, event: Any) -> bool:
        return bool(event.is_open())


class PauseSerializer(Strict):
    minutes = serializers.IntegerField(min_value=1, max_value=720, required=False)
    until = serializers.DateTimeField(required=False, help_text="With a time zone; within 12 hours.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError("Give either minutes or until.")
        return attrs


class StationSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    name = serializers.CharField()
    event = serializers.CharField(source="event.slug")
    is_open = serializers.BooleanField()
    paused_until = serializers.DateTimeField(allow_null=True)
    extra_minutes = serializers.IntegerField(help_text="Added to every quoted wait.")
    baristas = serializers.IntegerField(help_text="People making drinks at once.")
    takes_orders = serializers.SerializerMethodField()

    def get_takes_orders(self, station: Any) -> bool:
        return bool(station.takes_orders())


class QueueSerializer(serializers.Serializer[Any]):
    station = serializers.SlugField()
    waiting = serializers.IntegerField(help_text="Orders.")
    making = serializers.IntegerField(help_text="Orders.")
    ready = serializers.IntegerField(help_text="Orders.")
    oldest_placed_at = serializers.DateTimeField(allow_null=True, help_text="Of those waiting.")
    minutes_ahead = serializers.FloatField(help_text="Hands-on minutes ahead of a new order.")
    wait = WaitSerializer(allow_null=True, help_text="What a one-minute drink would be quoted; null if closed.")


class ExtraMinutesSerializer(Strict):
    minutes = serializers.IntegerField(min_value=0, max_value=60)


class SoldOutSerializer(Strict):
    drink = serializers.IntegerField(required=False, min_value=1, max_value=2**31, help_text="Id of a drink.")
    option = serializers.IntegerField(required=False, min_value=1, max_value=2**31, help_text="Id of an option.")
    until = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="Null: until it is back."
    )
    everywhere = serializers.BooleanField(default=False, help_text="At all stations of the event.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("drink" in attrs) == ("option" in attrs):
            raise serializers.ValidationError("Give a drink or an option, one of the two.")
        return attrs


class OptionSerializer(serializers.ModelSerializer[Option]):
    class Meta:
        model = Option
        fields = ["id", "name", "aliases", "translations", "retired_at"]


class OptionGroupSerializer(serializers.ModelSerializer[OptionGroup]):
    options = OptionSerializer(many=True)

    class Meta:
        model = OptionGroup
        fields = ["id", "name", "aliases", "translations", "choose", "ask", "amounts", "options", "retired_at"]


class DrinkSerializer(serializers.ModelSerializer[Drink]):
    minutes = serializers.FloatField(help_text="Hands-on minutes for one cup.")
    option_groups = serializers.SlugRelatedField[Any](source="groups", slug_field="name", many=True, read_only=True)

    made_of = serializers.ListField(
        child=serializers.ChoiceField(LAYERS),
        allow_null=True,
        help_text="Layers of the cup from the bottom up; null where the menu does not say.",
    )

    class Meta:
        model = Drink
        fields = [
            *("id", "name", "category", "aliases", "translations", "minutes", "option_groups", "made_of", "retired_at")
        ]


class StockSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    ingredient = serializers.CharField(source="ingredient.name")
    unit = serializers.CharField(source="ingredient.unit")
    on_hand = serializers.FloatField()
    reserved = serializers.FloatField(help_text="Promised to orders that are not made yet.")
    low_at = serializers.FloatField()
    is_low = serializers.BooleanField()


class CountSerializer(Strict):
    on_hand = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=0)
    reason = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class AdjustSerializer(Strict):
    add = serializers.DecimalField(max_digits=9, decimal_places=2, help_text="Negative takes away.")
    reason = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class MessageSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    from_customer = serializers.BooleanField()
    text = serializers.CharField()
    at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True)
    failed = serializers.BooleanField(help_text="The customer was not reached.")


class NewMessageSerializer(Strict):
    text = serializers.CharField(max_length=160)


class TextSerializer(Strict):
    text = serializers.CharField(max_length=1600)
    after = serializers.ListField(
        child=serializers.CharField(max_length=1600), max_length=10, required=False, help_text="Earlier texts."
    )


class UnderstoodSerializer(serializers.Serializer[Any]):
    intent = serializers.CharField(help_text="What the text is: order, cancel, status, …")
    items = ItemSerializer(many=True)
    unknown = serializers.ListField(child=serializers.CharField(), help_text="Words that are not on the menu.")
    name = serializers.CharField(allow_null=True)
    reply = serializers.CharField()


class MeSerializer(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.CharField(source="get_full_name")
    admin = serializers.BooleanField(source="is_superuser", help_text="Admins may do everything at every event.")
    roles = serializers.SerializerMethodField(help_text="The role at each event, by the event's slug.")
    preferences = serializers.DictField(child=serializers.CharField())

    @extend_schema_field(serializers.DictField(child=serializers.ChoiceField(Role.choices)))
    def get_roles(self, user: User) -> dict[str, str]:
        return dict(user.memberships.values_list("event__slug", "role"))


def paged(serializer: type[serializers.BaseSerializer[Any]]) -> Any:
    """The shape of one page, for `extend_schema`."""
    name = serializer.__name__.removesuffix("Serializer")
    fields = {
        "next": serializers.URLField(allow_null=True, help_text="Older rows."),
        "previous": serializers.URLField(allow_null=True, help_text="Newer rows."),
        "results": serializer(many=True),
    }
    return inline_serializer(f"{name}Page", fields)


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457. A problem may have further members, such as `missing` and `instead`."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable, for programs.")
    detail = serializers.CharField(help_text="A sentence that says what to do.")
    errors = serializers.ListField(  # type: ignore[assignment]
        child=serializers.DictField(child=serializers.CharField()),
        required=False,
        help_text="For code `invalid`: JSON pointer and sentence of each faulty field.",
    )
