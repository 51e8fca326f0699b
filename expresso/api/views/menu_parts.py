"""API views of a single drink or option: add, rename, take off the menu, put back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import Right
from accounts.models import record
from expresso.api.base import READ, ApiView, Need, one
from expresso.api.models import Scope
from expresso.api.schema import problems
from expresso.api.serializers import DrinkSerializer, OptionSerializer
from expresso.api.strict import Strict
from inventory.menu_file import tidy
from inventory.models import Drink, Option, OptionGroup
from inventory.shared_words import refuse_without_letters, refuse_words_of_others

EDIT = Need(Right.MANAGE, Scope.MENU)


class TidyField(serializers.CharField):
    """A name on the menu. Line breaks and repeated spaces become single spaces."""

    def to_internal_value(self, data: Any) -> str:
        return tidy(super().to_internal_value(data))


class NewDrinkSerializer(Strict):
    name = TidyField(max_length=40)
    category = TidyField(max_length=40)
    minutes = serializers.DecimalField(
        max_digits=4,
        decimal_places=1,
        min_value=Decimal("0.1"),
        default=Decimal(1),
        help_text="Minutes of work for one cup.",
    )
    option_groups = serializers.ListField(
        child=serializers.CharField(max_length=40),
        default=list,
        max_length=40,
        help_text="Names of the option groups that belong to this drink.",
    )


class ChangedDrinkSerializer(Strict):
    name = TidyField(max_length=40, required=False)
    category = TidyField(max_length=40, required=False)
    minutes = serializers.DecimalField(max_digits=4, decimal_places=1, min_value=Decimal("0.1"), required=False)
    on_menu = serializers.BooleanField(
        required=False, help_text="False takes it off the menu, true puts it back. Old orders still show it."
    )


class ChangedOptionSerializer(Strict):
    name = TidyField(max_length=40, required=False)
    on_menu = serializers.BooleanField(
        required=False, help_text="False takes it off the menu, true puts it back. Old orders still show it."
    )


class Drinks(ApiView):
    needs = {"GET": READ, "POST": EDIT}

    @extend_schema(summary="List drinks", responses={200: DrinkSerializer(many=True), **problems(401, 403, 404)})
    def get(self, request: Request, event: str) -> Response:
        """List the drinks on the menu, with their ids."""
        rows = Drink.objects.filter(event=self.event, retired_at=None).prefetch_related("groups")
        return Response(DrinkSerializer(rows, many=True).data)

    @extend_schema(
        summary="Add a drink",
        request=NewDrinkSerializer,
        responses={201: DrinkSerializer, **problems(400, 401, 403, 404)},
    )
    def post(self, request: Request, event: str) -> Response:
        given = self.read(NewDrinkSerializer)
        names = given.pop("option_groups")
        groups = OptionGroup.objects.filter(event=self.event, retired_at=None, name__in=names)
        if missing := set(names) - {group.name for group in groups}:
            raise serializers.ValidationError({"option_groups": [f"Not on the menu: {', '.join(sorted(missing))}."]})
        drink = Drink(event=self.event, position=self.event.drinks.count(), **given)
        with transaction.atomic():
            save(drink)
            drink.groups.set(groups)
            record("drink added", drink, by=self.by, event=self.event.pk)
        return Response(DrinkSerializer(drink).data, status=201)


class DrinkDetail(ApiView):
    needs = {"GET": READ, "PATCH": EDIT}

    def drink(self) -> Drink:
        return one(Drink.objects.filter(event=self.event, pk=self.kwargs["drink"]).prefetch_related("groups"))

    @extend_schema(summary="Read a drink", responses={200: DrinkSerializer, **problems(401, 403, 404)})
    def get(self, request: Request, event: str, drink: int) -> Response:
        return Response(DrinkSerializer(self.drink()).data)

    @extend_schema(
        summary="Change a drink",
        request=ChangedDrinkSerializer,
        responses={200: DrinkSerializer, **problems(400, 401, 403, 404)},
    )
    def patch(self, request: Request, event: str, drink: int) -> Response:
        row = self.drink()
        change_part(self, row, self.read(ChangedDrinkSerializer))
        return Response(DrinkSerializer(row).data)


class OptionDetail(ApiView):
    needs = {"GET": READ, "PATCH": EDIT}

    def option(self) -> Option:
        return one(Option.objects.filter(group__event=self.event, pk=self.kwargs["option"]).select_related("group"))

    @extend_schema(summary="Read an option", responses={200: OptionSerializer, **problems(401, 403, 404)})
    def get(self, request: Request, event: str, option: int) -> Response:
        return Response(OptionSerializer(self.option()).data)

    @extend_schema(
        summary="Change an option",
        request=ChangedOptionSerializer,
        responses={200: OptionSerializer, **problems(400, 401, 403, 404)},
    )
    def patch(self, request: Request, event: str, option: int) -> Response:
        row = self.option()
        change_part(self, row, self.read(ChangedOptionSerializer))
        return Response(OptionSerializer(row).data)


def change_part(view: ApiView, row: Drink | Option, given: dict[str, Any]) -> None:
    """Save the given fields, and write the fields that changed to the audit log."""
    if "on_menu" in given:
        is_on = row.retired_at is None
        if (wanted := given.pop("on_menu")) != is_on:
            given["retired_at"] = None if wanted else timezone.now()
    changed = {name: (getattr(row, name), value) for name, value in given.items() if getattr(row, name) != value}
    if not changed:
        return
    for name, value in given.items():
        setattr(row, name, value)
    with transaction.atomic():
        save(row)
        record("changed", row, by=view.by, event=view.event.pk, changes=changed)


def save(row: Drink | Option) -> None:
    """Validate the row and save it. Raise REST framework's ValidationError with the model's messages, by field."""
    try:
        row.full_clean()
        refuse_without_letters(row.name)
        refuse_words_of_others(row)
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"name": error.messages}
        faults = {"name" if field == "__all__" else field: said for field, said in by_field.items()}
        raise serializers.ValidationError(faults) from None
    row.save()
