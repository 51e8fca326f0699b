"""API view of an event's audit log: who changed what, and when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import AuditEntry
from expresso.api.base import ApiView
from expresso.api.filters import PAGE, moment_asked, word_asked
from expresso.api.schema import problems
from expresso.api.strict import paged
from expresso.api.views.people import PEOPLE


class AuditEntrySerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    at = serializers.DateTimeField()
    by = serializers.CharField(
        source="by_name", help_text="User name at the time of the action. Empty for actions of Expresso itself."
    )
    act = serializers.CharField(help_text="What was done, such as `changed`.")
    subject = serializers.CharField(help_text="What it was done to, such as `user sam`.")
    details = serializers.DictField(
        help_text="Further details. `changes` has the old and the new value of each changed field."
    )


class Audit(ApiView):
    needs = {"GET": PEOPLE}
    asks = (
        OpenApiParameter(
            "act", str, description="List only entries of this kind, such as `changed`, `forgotten` or `refused`."
        ),
        OpenApiParameter("by", str, description="List only actions of the user with this user name."),
        OpenApiParameter("after", dt.datetime, description="List only entries after this time."),
        OpenApiParameter("before", dt.datetime, description="List only entries before this time."),
        *PAGE,
    )

    @extend_schema(
        summary="Read the audit", responses={200: paged(AuditEntrySerializer), **problems(400, 401, 403, 404)}
    )
    def get(self, request: Request, event: str) -> Response:
        """List what people did at this event, newest first, in pages. No entry names a customer."""
        asked = request.query_params
        rows = AuditEntry.objects.filter(event=self.event)
        for name, lookup in (("act", "act"), ("by", "by_name")):
            if name in asked:
                rows = rows.filter(**{lookup: word_asked(asked, name)})
        for name, lookup in (("after", "at__gt"), ("before", "at__lt")):
            if name in asked:
                rows = rows.filter(**{lookup: moment_asked(asked, name)})
        return self.page(rows, AuditEntrySerializer, by="-pk")
