"""API views of an event's staff, their shifts, and its customers."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import Right
from accounts.forgetting import forget, looks_after_customer
from accounts.models import Customer, Membership, Role, User, record
from accounts.search import phone_is
from expresso.api.base import ApiView, Need, one
from expresso.api.models import Scope
from expresso.api.problems import Problem
from expresso.api.schema import problems
from expresso.api.strict import Strict
from orders.models import Order
from sms.models import Conversation
from stations.models import Shift
from stations.validators import likely_year

PEOPLE = Need(Right.MANAGE, Scope.PEOPLE)
#: Maximum number of customers in a response, so that nobody can read out all customers.
MOST_FOUND = 20


class StaffSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="user_id")
    username = serializers.CharField(source="user.username")
    name = serializers.CharField(source="user.first_name")
    role = serializers.ChoiceField(choices=Role.choices)
    is_active = serializers.BooleanField(source="user.is_active")


class NewStaffSerializer(Strict):
    username = serializers.CharField(max_length=150)
    name = serializers.CharField(max_length=150, help_text="First name, which colleagues see.")
    role = serializers.ChoiceField(choices=Role.choices)


class RoleSerializer(Strict):
    role = serializers.ChoiceField(choices=Role.choices)


class Staff(ApiView):
    needs = {"GET": PEOPLE, "POST": PEOPLE}

    @extend_schema(summary="List staff", responses={200: StaffSerializer(many=True), **problems(401, 403, 404)})
    def get(self, request: Request, event: str) -> Response:
        """List everybody who has a role at the event, by username."""
        rows = Membership.objects.filter(event=self.event).select_related("user").order_by("user__username")
        return Response(StaffSerializer(rows, many=True).data)

    @extend_schema(
        summary="Add somebody to the staff",
        request=NewStaffSerializer,
        responses={201: StaffSerializer, **problems(400, 401, 403, 404, 409)},
    )
    def post(self, request: Request, event: str) -> Response:
        """Create an account with a role at the event.

        The account has no password. Print a sign-in card for it, or set a password in the admin."""
        given = self.read(NewStaffSerializer)
        person = User(username=given["username"], first_name=given["name"], password=make_password(None))
        try:
            person.full_clean(validate_unique=False)
        except ValidationError as error:
            raise serializers.ValidationError({"username": error.messages}) from None
        try:
            with transaction.atomic():
                person.save()
                membership = Membership.objects.create(user=person, event=self.event, role=given["role"])
        except IntegrityError:
            raise Problem(409, "username_taken", "Somebody has this username. Choose another one.") from None
        record("staff added", person, by=self.by, event=self.event.pk, role=given["role"])
        return Response(StaffSerializer(membership).data, status=201)


class StaffMember(ApiView):
    needs = {"PATCH": PEOPLE, "DELETE": PEOPLE}

    def membership(self) -> Membership:
        rows = Membership.objects.filter(event=self.event, user=self.kwargs["user"]).select_related("user")
        found = one(rows)
        if found.user_id == self.by.pk:
            raise Problem(409, "own_role", "Nobody changes their own role: another organizer or an admin can.")
        return found

    @extend_schema(
        summary="Change somebody's role",
        request=RoleSerializer,
        responses={200: StaffSerializer, **problems(400, 401, 403, 404, 409)},
    )
    def patch(self, request: Request, event: str, user: int) -> Response:
        membership, role = self.membership(), self.read(RoleSerializer)["role"]
        if membership.role != role:
            record(
                "role changed",
                membership.user,
                by=self.by,
                event=self.event.pk,
                changes={"role": (membership.role, role)},
            )
            membership.role = role
            membership.save(update_fields=["role"])
        return Response(StaffSerializer(membership).data)

    @extend_schema(summary="Take somebody off the staff", responses={204: None, **problems(401, 403, 404, 409)})
    def delete(self, request: Request, event: str, user: int) -> Response:
        """Remove a person's role at this event. Their open boards close within seconds. The account stays."""
        membership = self.membership()
        record("staff removed", membership.user, by=self.by, event=self.event.pk, role=membership.role)
        membership.delete()
        return Response(status=204)


class ShiftSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    station = serializers.SlugField(source="station.slug")
    user = serializers.IntegerField(source="user_id", help_text="Id of a person on the event's staff.")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True)


class NewShiftSerializer(Strict):
    station = serializers.SlugField()
    user = serializers.IntegerField(min_value=1, max_value=2**31, help_text="Id of a person on the event's staff.")
    starts_at = serializers.DateTimeField(validators=[likely_year])
    ends_at = serializers.DateTimeField(required=False, allow_null=True, default=None, validators=[likely_year])

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["ends_at"] is not None and attrs["ends_at"] <= attrs["starts_at"]:
            raise serializers.ValidationError({"ends_at": ["The shift ends before it starts."]})
        return attrs


class Shifts(ApiView):
    needs = {"GET": PEOPLE, "POST": PEOPLE}

    @extend_schema(summary="List shifts", responses={200: ShiftSerializer(many=True), **problems(401, 403, 404)})
    def get(self, request: Request, event: str) -> Response:
        """List the shifts: who works where and when, the latest first."""
        rows = Shift.objects.filter(station__event=self.event).select_related("station")
        return Response(ShiftSerializer(rows, many=True).data)

    @extend_schema(
        summary="Add a shift",
        request=NewShiftSerializer,
        responses={201: ShiftSerializer, **problems(400, 401, 403, 404)},
    )
    def post(self, request: Request, event: str) -> Response:
        given = self.read(NewShiftSerializer)
        station = self.event.stations.filter(slug=given["station"]).first()
        if station is None:
            raise serializers.ValidationError({"station": ["This event has no station with that slug."]})
        if not Membership.objects.filter(event=self.event, user=given["user"]).exists():
            raise serializers.ValidationError({"user": ["Nobody on the staff of this event has that id."]})
        shift = Shift.objects.create(
            station=station, user_id=given["user"], starts_at=given["starts_at"], ends_at=given["ends_at"]
        )
        record("shift added", station, by=self.by, event=self.event.pk, shift=shift.pk)
        return Response(ShiftSerializer(shift).data, status=201)


class ShiftDetail(ApiView):
    needs = {"DELETE": PEOPLE}

    @extend_schema(summary="Delete a shift", responses={204: None, **problems(401, 403, 404)})
    def delete(self, request: Request, event: str, shift: int) -> Response:
        row = one(Shift.objects.filter(station__event=self.event, pk=shift).select_related("station"))
        record("shift deleted", row.station, by=self.by, event=self.event.pk, shift=row.pk)
        row.delete()
        return Response(status=204)


class CustomerSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    phone_end = serializers.SerializerMethodField(
        help_text="The last four digits of the phone number. The API never sends the whole number."
    )
    language = serializers.CharField()
    vip = serializers.BooleanField()

    def get_phone_end(self, customer: Customer) -> str:
        return (customer.phone or "")[-4:]


class CustomerLookup(ApiView):
    needs = {"GET": PEOPLE}
    asks = (
        OpenApiParameter(
            "code",
            str,
            description="Code of one of the customer's orders, such as A07. Give either a code or a phone number.",
        ),
        OpenApiParameter("phone", str, description="The customer's phone number, or its last four digits."),
    )

    @extend_schema(
        summary="Look customers up",
        responses={200: CustomerSerializer(many=True), **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request, event: str) -> Response:
        """List customers of this event by order code or phone number, at most 20."""
        return Response(CustomerSerializer(self._found(request)[:MOST_FOUND], many=True).data)

    def _found(self, request: Request) -> QuerySet[Customer]:
        rows = customers_of(self.event.pk)
        code, phone = (request.query_params.get(name, "").strip().replace("\0", "") for name in ("code", "phone"))
        if bool(code) == bool(phone):
            raise Problem(400, "invalid", "Give either code or phone.")
        if code:
            orders = Order.objects.filter(event=self.event, code__iexact=code[:8], customer__isnull=False)
            return rows.filter(pk__in=orders.values("customer"))
        return rows.filter(phone_is("", phone[:32]))


class CustomerDetail(ApiView):
    needs = {"GET": PEOPLE, "DELETE": PEOPLE}

    def customer(self) -> Customer:
        return one(customers_of(self.event.pk).filter(pk=self.kwargs["customer"]))

    @extend_schema(summary="Read a customer", responses={200: CustomerSerializer, **problems(401, 403, 404)})
    def get(self, request: Request, event: str, customer: int) -> Response:
        return Response(CustomerSerializer(self.customer()).data)

    @extend_schema(summary="Forget a customer", responses={204: None, **problems(401, 403, 404, 409)})
    def delete(self, request: Request, event: str, customer: int) -> Response:
        """Delete a customer's name, number, texts and notes. Their orders stay for statistics, without a person."""
        found = self.customer()
        if not looks_after_customer(self.by, found):
            raise Problem(
                409, "customer_elsewhere", "This customer also ordered at an event of somebody else. Ask an admin."
            )
        forget(found, by=self.by, event=self.event.pk)
        return Response(status=204)


def customers_of(event_id: int) -> QuerySet[Customer]:
    """Return all customers who ordered at the event or texted it."""
    # A subquery with `pk__in` would make PostgreSQL read all orders of the event to find one customer.
    wrote = Exists(Conversation.objects.filter(event=event_id, customer=OuterRef("pk")))
    ordered = Exists(Order.objects.filter(event=event_id, customer=OuterRef("pk")))
    return Customer.objects.filter(wrote | ordered).order_by("pk")
