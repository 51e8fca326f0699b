"""API views to register, list and delete an event's webhooks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import Right
from accounts.models import record
from expresso.api.base import ApiView, Need, one
from expresso.api.models import FactKind, Scope, Webhook
from expresso.api.schema import problems
from expresso.api.strict import Strict

HOOKS = Need(Right.MANAGE, Scope.WEBHOOKS)


class WebhookSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    url = serializers.CharField()
    kinds = serializers.ListField(child=serializers.ChoiceField(FactKind.choices))
    active = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class RegisteredWebhookSerializer(WebhookSerializer):
    secret = serializers.CharField(help_text="Secret to check the signatures with. It is shown only in this response.")


class NewWebhookSerializer(Strict):
    url = serializers.CharField(
        max_length=300, help_text="https address on the public internet, to which Expresso posts the facts."
    )
    kinds = serializers.ListField(child=serializers.ChoiceField(FactKind.choices), allow_empty=False, max_length=20)


class Webhooks(ApiView):
    needs = {"GET": HOOKS, "POST": HOOKS}

    @extend_schema(summary="List webhooks", responses={200: WebhookSerializer(many=True), **problems(401, 403, 404)})
    def get(self, request: Request, event: str) -> Response:
        return Response(WebhookSerializer(Webhook.objects.filter(event=self.event), many=True).data)

    @extend_schema(
        summary="Register a webhook",
        request=NewWebhookSerializer,
        responses={201: RegisteredWebhookSerializer, **problems(400, 401, 403, 404)},
    )
    def post(self, request: Request, event: str) -> Response:
        """Register a URL. From now on, facts of these kinds are posted to it, signed according to Standard Webhooks."""
        given: dict[str, Any] = self.read(NewWebhookSerializer)
        webhook = Webhook(event=self.event, owner=self.by, url=given["url"], kinds=sorted(set(given["kinds"])))
        try:
            webhook.full_clean()
        except ValidationError as error:
            raise serializers.ValidationError(error.message_dict) from None
        webhook.save()
        record("webhook added", self.event, by=self.by, event=self.event.pk, webhook=webhook.pk)
        return Response(RegisteredWebhookSerializer(webhook).data, status=201)


class WebhookDetail(ApiView):
    needs = {"GET": HOOKS, "DELETE": HOOKS}

    def webhook(self) -> Webhook:
        return one(Webhook.objects.filter(event=self.event, pk=self.kwargs["webhook"]))

    @extend_schema(summary="Read a webhook", responses={200: WebhookSerializer, **problems(401, 403, 404)})
    def get(self, request: Request, event: str, webhook: int) -> Response:
        return Response(WebhookSerializer(self.webhook()).data)

    @extend_schema(summary="Delete a webhook", responses={204: None, **problems(401, 403, 404)})
    def delete(self, request: Request, event: str, webhook: int) -> Response:
        row = self.webhook()
        record("webhook deleted", self.event, by=self.by, event=self.event.pk, webhook=row.pk)
        row.delete()
        return Response(status=204)
