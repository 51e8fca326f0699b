"""Serializers of orders and their items. They check only the types of values. Rules, such as what is on the menu, are
checked by the functions of `orders` that the views call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from expresso.api.strict import Strict
from inventory.menu import Menu
from orders.items import Choice, Item
from orders.models import Channel, Order
from orders.ordering.availability import Oversold, oversold
from orders.statuses import NOT_STARTED, Status

QUALIFIERS = ("no", "light", "extra")


@extend_schema_field(
    {
        "oneOf": [{"type": "number", "minimum": 0, "maximum": 99}, {"enum": [*QUALIFIERS]}, {"type": "null"}],
        "description": "A number such as 2 or 0.5, or `no`, `light` or `extra`. null if the order names no amount.",
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
    """One item of an order, with the drink's and the options' names on the menu."""

    drink = serializers.CharField(max_length=40)
    quantity = serializers.IntegerField(min_value=1, max_value=99, default=1, help_text="Number of cups.")
    options = ChoiceSerializer(
        many=True, required=False, help_text="Only options that differ from the drink's defaults."
    )
    name = serializers.CharField(
        max_length=40,
        required=False,
        allow_blank=True,
        allow_null=True,
        help_text="Name of the person whom this cup is for.",
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, help_text="Note to the barista.")


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
    group = serializers.CharField(
        max_length=40,
        required=False,
        help_text="Name of the option group, such as Milk. Not needed if `option` is an id.",
    )
    option = NameOrIdField(  # type: ignore[assignment]
        help_text="Name of the option, such as Oat, or its id."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if isinstance(attrs["option"], str) and "group" not in attrs:
            raise serializers.ValidationError({"group": ["Name the option's group, or give the option's id."]})
        return attrs


class WantedItemSerializer(ItemSerializer):
    """One item of an order. Drink and options are given by their names on the menu or by their ids."""

    drink = NameOrIdField(help_text="Name of the drink, or its id.")  # type: ignore[assignment]
    options = WantedChoiceSerializer(
        many=True, required=False, help_text="Only options that differ from the drink's defaults."
    )


def item_of(given: Mapping[str, Any], menu: Menu) -> Item:
    """Return the requested item as an Item, in which drinks and options have names. The request may have ids instead.

    An id that the menu does not have is used as a name. The menu does not have this name either, so the order is
    refused."""
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
    """An item of a saved order."""

    id = serializers.IntegerField(source="pk")
    drink = serializers.CharField(source="drink_name")
    quantity = serializers.IntegerField(help_text="Number of cups.")
    options = ChoiceSerializer(many=True, source="choices")
    name = serializers.CharField()
    note = serializers.CharField()
    made = serializers.BooleanField(help_text="True if a barista has ticked this item off as made.")


class OrderSerializer(serializers.Serializer[Order]):
    id = serializers.IntegerField(source="pk")
    code = serializers.CharField(
        help_text="Code such as A07, called out at the bar and shown on the wall. A later order can get the same code."
    )
    event = serializers.CharField(source="event.slug")
    station = serializers.CharField(source="station.slug")
    status = serializers.ChoiceField(choices=Status.choices)
    version = serializers.IntegerField(
        help_text="Increases with every change of the order. The order's ETag is this number in quotes."
    )
    channel = serializers.ChoiceField(choices=Channel.choices)
    customer = serializers.IntegerField(source="customer_id", allow_null=True)
    name = serializers.CharField(help_text="Name on the cup.")
    note = serializers.CharField()
    vip = serializers.BooleanField()
    cups = serializers.IntegerField()
    minutes = serializers.FloatField(help_text="Minutes of work for the whole order.")
    items = LineSerializer(many=True, source="items.all")
    maker = serializers.CharField(source="maker.username", allow_null=True, default=None)
    placed_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    ready_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    quoted_from = serializers.DateTimeField(
        allow_null=True, help_text="Start of the time range in which the order was promised to be ready."
    )
    quoted_to = serializers.DateTimeField(allow_null=True, help_text="End of the promised time range.")
    wanted_at = serializers.DateTimeField(
        allow_null=True, help_text="Time at which the customer wants the order. null: as soon as possible."
    )
    held = serializers.BooleanField(
        help_text="True while the order is not in the queue yet, because it is for later or not paid."
    )
    price = serializers.IntegerField(
        help_text="Price in the currency's smallest unit, such as cents. 0: nothing to pay."
    )
    pay_by = serializers.DateTimeField(
        allow_null=True,
        help_text="The order is cancelled if it is not paid online by this time. null: no online payment is awaited.",
    )
    paid_at = serializers.DateTimeField(allow_null=True)
    change_requested = serializers.SerializerMethodField(
        help_text="True while a barista has to accept or decline a change that the customer asked for."
    )

    def get_change_requested(self, order: Order) -> bool:
        return order.wish is not None


class WaitSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(help_text="Place in the queue. 1 is made next; 0 is being made or ready.")
    earliest = serializers.IntegerField(help_text="Shortest expected wait, in minutes from now.")
    latest = serializers.IntegerField(help_text="Longest expected wait, in minutes from now.")


class OrderWithWaitSerializer(OrderSerializer):
    wait = serializers.SerializerMethodField()

    @extend_schema_field(WaitSerializer)
    def get_wait(self, order: Order) -> dict[str, Any]:
        from orders.routing import wait_of

        return dict(WaitSerializer(wait_of(order)).data)


class CalledBackSerializer(OrderWithWaitSerializer):
    """An order after its last step was taken back.

    If that puts the order back into the queue, for example after a cancellation, other orders may have used up its
    ingredients meanwhile. `short_of` names the ingredients that its station now has too little of."""

    short_of = serializers.SerializerMethodField(
        help_text="Names of ingredients of which the station has too little. Empty unless the order is waiting."
    )
    over_limit = serializers.SerializerMethodField(help_text="True if the order exceeds the event's limit of drinks.")

    def to_representation(self, instance: Order) -> Any:
        self.over = oversold(instance) if instance.status in NOT_STARTED else Oversold()
        return super().to_representation(instance)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_short_of(self, order: Order) -> list[str]:
        return list(self.over.ingredients)

    def get_over_limit(self, order: Order) -> bool:
        return self.over.window


class NewOrderSerializer(Strict):
    items = WantedItemSerializer(many=True, allow_empty=False)
    name = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    phone = serializers.CharField(
        max_length=32,
        required=False,
        allow_blank=True,
        default="",
        help_text="Number that gets the ready text, with country code or as written in the event's country.",
    )
    wanted_at = serializers.DateTimeField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Time at which the customer wants the order. null: as soon as possible.",
    )
    station = serializers.SlugField(
        required=False,
        default="",
        help_text="Slug of the station that makes the order if it can. Otherwise the quickest station makes it.",
    )


class ChangedOrderSerializer(Strict):
    items = WantedItemSerializer(many=True, allow_empty=False, required=False)
    name = serializers.CharField(max_length=40, required=False, allow_blank=True)
    wanted_at = serializers.DateTimeField(
        required=False,
        allow_null=True,
        help_text="Time at which the customer wants the order. null: as soon as possible.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError("Give items, a name or wanted_at.")
        return attrs


class ReasonSerializer(Strict):
    reason = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class ToStationSerializer(Strict):
    to = serializers.SlugField(help_text="Slug of another station of the same event.")


class TickSerializer(Strict):
    item = serializers.IntegerField(min_value=1, max_value=2**31, help_text="Id of an item of this order.")
    made = serializers.BooleanField(default=True, help_text="True ticks the item off as made, false undoes that.")
