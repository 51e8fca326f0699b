"""API views to create, list and revoke an event's API keys."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import Right
from accounts.models import record
from expresso.api.base import ApiView, Need, one
from expresso.api.models import ApiKey, Scope
from expresso.api.schema import problems
from expresso.api.strict import Strict

#: Only people can manage API keys. With a scope for this, a program could create more keys for itself.
KEYS = Need(Right.MANAGE, scope=None)


class ApiKeySerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(Scope.choices))
    owner = serializers.CharField(
        source="owner.username",
        help_text="User name of the person for whom the key acts. The key can do no more than this person.",
    )
    hint = serializers.CharField(help_text="The last four characters of the key, to tell keys apart.")
    created_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(
        allow_null=True, help_text="When a program last used the key, to the minute. null if no program has used it."
    )
    revoked_at = serializers.DateTimeField(allow_null=True)


class NewlyMadeApiKeySerializer(ApiKeySerializer):
    key = serializers.CharField(
        allow_null=True,
        help_text="The key, shown only in this response. null if the request is repeated with its Idempotency-Key.",
    )


class NewApiKeySerializer(Strict):
    name = serializers.CharField(max_length=60, help_text="The program that will use the key.")
    scopes = serializers.ListField(child=serializers.ChoiceField(Scope.choices), allow_empty=False, max_length=20)


class ApiKeys(ApiView):
    needs = {"GET": KEYS, "POST": KEYS}
    shown_once = ("key",)

    @extend_schema(summary="List API keys", responses={200: ApiKeySerializer(many=True), **problems(401, 403, 404)})
    def get(self, request: Request, event: str) -> Response:
        """List all API keys of the event, including revoked keys."""
        return Response(
            ApiKeySerializer(ApiKey.objects.filter(event=self.event).select_related("owner"), many=True).data
        )

    @extend_schema(
        summary="Make an API key",
        request=NewApiKeySerializer,
        responses={201: NewlyMadeApiKeySerializer, **problems(400, 401, 403, 404)},
    )
    def post(self, request: Request, event: str) -> Response:
        """Create an API key. It acts for you at this event, within its scopes and your role. A key cannot create
        keys."""
        given = self.read(NewApiKeySerializer)
        row = ApiKey(event=self.event, owner=self.by, name=given["name"], scopes=sorted(set(given["scopes"])))
        key = row.renew()
        with transaction.atomic():
            row.save()
            record("added", f"API key {row}", by=self.by, event=self.event.pk, scopes=row.scopes)
        made = ApiKeySerializer(row).data | {"key": key}
        return Response(made, status=201, headers={"Cache-Control": "no-store"})


class ApiKeyDetail(ApiView):
    needs = {"DELETE": KEYS}

    @extend_schema(summary="Revoke an API key", responses={204: None, **problems(401, 403, 404)})
    def delete(self, request: Request, event: str, key: int) -> Response:
        """Revoke an API key. It stays in the list, because the audit log names it."""
        one(ApiKey.objects.filter(event=self.event, pk=key)).revoke(by=self.by)
        return Response(status=204)
