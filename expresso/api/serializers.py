"""Serializers of everything but orders. They check only the types of values. Rules, such as which hours an event can
have, are checked by the functions that the views call."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Role, User
from expresso.api.order_serializers import ItemSerializer, WaitSerializer
from expresso.api.strict import Strict
from inventory.menu import LAYERS
from inventory.models import Drink, Option, OptionGroup
from stations.features import FEATURES
from stations.validators import likely_year


@extend_schema_field({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$", "example": "09:00:00"})
class ClockField(serializers.TimeField):
    """A time of day without a time zone. The schema gives a pattern, because OpenAPI's format "time" requires a
    zone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M:%S", input_formats=["%H:%M:%S", "%H:%M"], **kwargs)


class DayHoursSerializer(Strict):
    """Opening hours of one day, which replace the event's usual hours."""

    day = serializers.DateField()
    opens_at = ClockField(
        allow_null=True, help_text="Opening time. The event is closed on this day if both times are null."
    )
    closes_at = ClockField(allow_null=True, help_text="Closing time. A time before the opening time is after midnight.")


class HoursSerializer(Strict):
    opens_at = ClockField(
        allow_null=True,
        help_text="Opening time in the event's time zone. The event is open day and night if both times are null.",
    )
    closes_at = ClockField(allow_null=True, help_text="Closing time. A time before the opening time is after midnight.")
    day_hours = DayHoursSerializer(
        many=True, help_text="Days with hours of their own. Days outside of the event are ignored."
    )

    def validate_day_hours(self, days: list[dict[str, Any]]) -> dict[str, list[str] | None]:
        """Return the hours as `Event.day_hours` stores them: for each day its opening and closing time, or None if
        closed."""
        found: dict[str, list[str] | None] = {}
        for given in days:
            opens, closes, day = given["opens_at"], given["closes_at"], given["day"].isoformat()
            if (opens is None) != (closes is None) or day in found:
                raise serializers.ValidationError(f"{day}: give each day once, with both times or with null for both.")
            found[day] = [f"{opens:%H:%M}", f"{closes:%H:%M}"] if opens and closes else None
        return found


class EventSerializer(serializers.Serializer[Any]):
    slug = serializers.SlugField()
    name = serializers.CharField()
    time_zone = serializers.CharField(help_text="IANA name, such as Europe/Berlin.")
    languages = serializers.ListField(child=serializers.CharField())
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    opens_at = ClockField(
        allow_null=True,
        help_text="Opening time in the event's time zone. The event is open day and night if both times are null.",
    )
    closes_at = ClockField(allow_null=True, help_text="Closing time. A time before the opening time is after midnight.")
    day_hours = serializers.SerializerMethodField(help_text="Days with hours of their own, the earliest first.")
    is_open = serializers.SerializerMethodField(help_text="True if the event takes orders right now.")
    paused_until = serializers.DateTimeField(allow_null=True)
    features = serializers.ListField(
        child=serializers.CharField(),
        help_text="Features that are switched on for this event, from: " + ", ".join(FEATURES),
    )
    currency = serializers.CharField(
        help_text="ISO 4217 code. Amounts are in the currency's smallest unit: 350 is 3.50."
    )
    max_drinks_per_order = serializers.IntegerField()
    menu_version = serializers.IntegerField()

    @extend_schema_field(DayHoursSerializer(many=True))
    def get_day_hours(self, event: Any) -> list[dict[str, str | None]]:
        return [
            {"day": day, "opens_at": opens, "closes_at": closes}
            for day, hours in sorted(event.day_hours.items())
            for opens, closes in [[f"{clock}:00" for clock in hours] if hours else (None, None)]
        ]

    def get_is_open(self, event: Any) -> bool:
        return bool(event.is_open())


class PauseSerializer(Strict):
    minutes = serializers.IntegerField(min_value=1, max_value=720, required=False)
    until = serializers.DateTimeField(
        required=False, help_text="End of the pause, with its time zone, at most 12 hours from now."
    )

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
    extra_minutes = serializers.IntegerField(help_text="Minutes that are added to every quoted wait.")
    baristas = serializers.IntegerField(help_text="Number of people who make drinks at the same time.")
    takes_orders = serializers.SerializerMethodField()

    def get_takes_orders(self, station: Any) -> bool:
        return bool(station.takes_orders())


class QueueSerializer(serializers.Serializer[Any]):
    station = serializers.SlugField()
    waiting = serializers.IntegerField(help_text="Number of orders that wait to be made.")
    making = serializers.IntegerField(help_text="Number of orders that are being made.")
    ready = serializers.IntegerField(help_text="Number of orders that are ready to be collected.")
    oldest_placed_at = serializers.DateTimeField(
        allow_null=True, help_text="When the oldest waiting order was placed. null if no order waits."
    )
    minutes_ahead = serializers.FloatField(help_text="Minutes of work that are ahead of a new order.")
    wait = WaitSerializer(
        allow_null=True,
        help_text="Wait that would be quoted now for a drink of one minute of work. null if no orders are taken.",
    )


class ExtraMinutesSerializer(Strict):
    minutes = serializers.IntegerField(min_value=0, max_value=60)


class SoldOutSerializer(Strict):
    drink = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31, help_text="Id of a drink. Give either a drink or an option."
    )
    option = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31, help_text="Id of an option. Give either a drink or an option."
    )
    until = serializers.DateTimeField(
        required=False,
        allow_null=True,
        default=None,
        validators=[likely_year],
        help_text="Time until which it is sold out. null: until it is put back.",
    )
    everywhere = serializers.BooleanField(
        default=False, help_text="True for all stations of the event, false for this station only."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("drink" in attrs) == ("option" in attrs):
            raise serializers.ValidationError("Give a drink or an option, one of the two.")
        return attrs


class OptionSerializer(serializers.ModelSerializer[Option]):
    class Meta:
        model = Option
        fields = ["id", "name", "aliases", "translations", "price", "retired_at"]


class OptionGroupSerializer(serializers.ModelSerializer[OptionGroup]):
    options = OptionSerializer(many=True)

    class Meta:
        model = OptionGroup
        fields = ["id", "name", "aliases", "translations", "choose", "ask", "amounts", "options", "retired_at"]


class DrinkSerializer(serializers.ModelSerializer[Drink]):
    minutes = serializers.FloatField(help_text="Minutes of work for one cup.")
    option_groups = serializers.SlugRelatedField[Any](source="groups", slug_field="name", many=True, read_only=True)

    made_of = serializers.ListField(
        child=serializers.ChoiceField(LAYERS),
        allow_null=True,
        help_text="Layers of the cup from the bottom up. null if the menu does not name them.",
    )

    class Meta:
        model = Drink
        fields = [
            *("id", "name", "category", "aliases", "translations", "minutes", "option_groups", "made_of", "price"),
            "retired_at",
        ]


class StockSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    ingredient = serializers.CharField(source="ingredient.name")
    unit = serializers.CharField(source="ingredient.unit")
    on_hand = serializers.FloatField()
    reserved = serializers.FloatField(help_text="Amount that is reserved for orders that are not made yet.")
    low_at = serializers.FloatField()
    is_low = serializers.BooleanField()


class CountSerializer(Strict):
    on_hand = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=0)
    reason = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class AdjustSerializer(Strict):
    add = serializers.DecimalField(
        max_digits=9, decimal_places=2, help_text="Amount to add to the stock. A negative amount is taken away."
    )
    reason = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class MessageSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    from_customer = serializers.BooleanField()
    text = serializers.CharField()
    at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True)
    failed = serializers.BooleanField(help_text="True if the message did not reach the customer.")


class NewMessageSerializer(Strict):
    text = serializers.CharField(max_length=160)


class TextSerializer(Strict):
    text = serializers.CharField(max_length=1600)
    after = serializers.ListField(
        child=serializers.CharField(max_length=1600),
        max_length=10,
        required=False,
        help_text="Earlier texts of the same customer, the first one first.",
    )


class UnderstoodSerializer(serializers.Serializer[Any]):
    intent = serializers.CharField(help_text="What the customer wants, such as order, cancel or status.")
    items = ItemSerializer(many=True)
    unknown = serializers.ListField(
        child=serializers.CharField(), help_text="Words of the text that are not on the menu."
    )
    name = serializers.CharField(allow_null=True)
    reply = serializers.CharField()


class MeSerializer(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.CharField(source="get_full_name")
    admin = serializers.BooleanField(
        source="is_superuser", help_text="True for admins, who may do everything at every event."
    )
    roles = serializers.SerializerMethodField(help_text="The user's role at each event, by the event's slug.")
    preferences = serializers.DictField(child=serializers.CharField())

    @extend_schema_field(serializers.DictField(child=serializers.ChoiceField(Role.choices)))
    def get_roles(self, user: User) -> dict[str, str]:
        return dict(user.memberships.values_list("event__slug", "role"))


class ProblemSerializer(serializers.Serializer[Any]):
    """An error (RFC 9457). Some errors have further fields, such as `missing` and `instead`."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Code of the error for programs. It does not change in later releases.")
    detail = serializers.CharField(help_text="A sentence that says what to do.")
    errors = serializers.ListField(  # type: ignore[assignment]
        child=serializers.DictField(child=serializers.CharField()),
        required=False,
        help_text="For the code `invalid`: a JSON pointer to each faulty field, with a sentence about it.",
    )
