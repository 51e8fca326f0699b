"""API views to sign in and out, and to read or change one's own account."""

from __future__ import annotations

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_simplejwt.exceptions import TokenError

from accounts import authenticator, cards
from accounts.models import User, record
from accounts.preferences import CHOICES
from accounts.sign_in import note_refused
from expresso.api import tokens
from expresso.api.base import ApiView, Need
from expresso.api.problems import Problem
from expresso.api.schema import problems
from expresso.api.serializers import MeSerializer
from expresso.api.strict import Strict
from expresso.api.throttle import Throttle
from stations.models import Event


class CredentialsSerializer(Strict):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=200, trim_whitespace=False)
    code = serializers.CharField(
        max_length=40,
        required=False,
        help_text="Code of the authenticator app, or a backup code. Needed if the error `code_needed` asks for it.",
    )


class PinSerializer(Strict):
    event = serializers.SlugField(max_length=50, help_text="Slug of the event.")
    pin = serializers.RegexField(r"^[0-9]{6}\Z", help_text="The six digits of a sign-in card.")


class PairSerializer(serializers.Serializer[Any]):
    access = serializers.CharField(help_text="Access token. Send it in the header `Authorization: Bearer …`.")
    refresh = serializers.CharField(
        help_text="Refresh token. It works once, to get a new access token and a new refresh token."
    )
    expires_in = serializers.IntegerField(help_text="Seconds until the access token expires.")


class RefreshSerializer(Strict):
    refresh = serializers.CharField(max_length=2000)


class TokenSerializer(Strict):
    token = serializers.CharField(max_length=2000)


class _TokenView(APIView):
    """Base of the views without authentication. Their request body holds a password, a PIN or a token instead."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = (Throttle,)
    throttle_scope = "token"

    def read(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        given = serializer(data=self.request.data)
        given.is_valid(raise_exception=True)
        validated: dict[str, Any] = given.validated_data
        return validated


def _pair(pair: tokens.Pair) -> Response:
    seconds = int(settings.API_ACCESS_LIFETIME.total_seconds())
    return Response(pair._asdict() | {"expires_in": seconds}, headers={"Cache-Control": "no-store"})


class ObtainToken(_TokenView):
    @extend_schema(
        summary="Sign in", request=CredentialsSerializer, responses={200: PairSerializer, **problems(400, 401, 429)}
    )
    def post(self, request: Request) -> HttpResponseBase:
        """Return an access and a refresh token for a username and a password."""
        given = self.read(CredentialsSerializer)
        one_time_code = given.pop("code", "")
        if "\x00" in given["username"] + given["password"] + one_time_code:
            raise _wrong()
        # django-axes counts failed attempts by username and address. Attempts on the sign-in page count too.
        if not AxesProxyHandler.is_allowed(request._request, given):
            raise Problem(
                429, "locked", "Too many wrong passwords. Wait ten minutes, or ask an organizer to let you in."
            )
        user = authenticate(request._request, **given)
        if not isinstance(user, User):
            note_refused(given["username"], "wrong password")
            raise _wrong()
        if authenticator.asks_for_code(user):
            _check_code(request, user, one_time_code)
        record("signed in", f"user {user}", by=user, by_way_of="API")
        return _pair(tokens.sign_in(user))


class ObtainTokenByPin(_TokenView):
    @extend_schema(
        summary="Sign in with a PIN", request=PinSerializer, responses={200: PairSerializer, **problems(400, 401, 429)}
    )
    def post(self, request: Request) -> HttpResponseBase:
        """Return an access and a refresh token for the PIN of a sign-in card."""
        given = self.read(PinSerializer)
        event = Event.objects.filter(slug=given["event"]).first()
        name = {"username": cards.pins_of(event.pk if event else 0)}
        if not AxesProxyHandler.is_allowed(request._request, name):
            raise Problem(429, "locked", "Too many wrong PINs. Wait ten minutes, or sign in with a password.")
        person = cards.person_of_pin(request._request, event.pk, given["pin"]) if event else None
        if person is None:
            raise Problem(
                401, "wrong_pin", "No card of this event has this PIN. Check it, or ask an organizer for a new card."
            )
        record("signed in", f"user {person}", by=person, event=event.pk if event else None, by_way_of="card, API")
        return _pair(tokens.sign_in(person, by_card=True))


def _check_code(request: Request, user: User, typed: str) -> None:
    if not typed:
        raise Problem(
            401,
            "code_needed",
            "This account uses an authenticator app: send its code, or a backup code, as `code`.",
        )
    if not authenticator.passes(request._request, user, typed):
        note_refused(user.get_username(), "wrong code")
        raise Problem(401, "wrong_code", "This code is not right, or was used before. Wait for the next one.")


def _wrong() -> Problem:
    return Problem(401, "wrong_credentials", "This name and password do not fit. Check both and try again.")


class RefreshToken(_TokenView):
    @extend_schema(
        summary="Renew", request=RefreshSerializer, responses={200: PairSerializer, **problems(400, 401, 429)}
    )
    def post(self, request: Request) -> Response:
        """Return new tokens for a refresh token. Sending the same refresh token twice ends the sign-in."""
        try:
            return _pair(tokens.renew(self.read(RefreshSerializer)["refresh"]))
        except tokens.Reused:
            raise Problem(
                401, "token_reused", "This refresh token was used before, so the sign-in was ended. Sign in again."
            ) from None
        except (TokenError, tokens.Ended):
            raise Problem(401, "token_not_valid", "This token has expired or is not ours. Sign in again.") from None


class VerifyToken(_TokenView):
    @extend_schema(summary="Verify", request=TokenSerializer, responses={204: None, **problems(400, 401, 429)})
    def post(self, request: Request) -> Response:
        """Check an access token. The response is 204 if the token is valid, 401 if not."""
        try:
            tokens.owner(self.read(TokenSerializer)["token"])
        except (TokenError, tokens.Ended):
            raise Problem(401, "token_not_valid", "This token has expired or is not ours. Sign in again.") from None
        return Response(status=204)


class RevokeToken(_TokenView):
    @extend_schema(summary="Sign out", request=TokenSerializer, responses={204: None, **problems(400, 429)})
    def post(self, request: Request) -> Response:
        """End the sign-in of an access or refresh token. None of its tokens is valid afterwards."""
        tokens.end(self.read(TokenSerializer)["token"])
        return Response(status=204)


class PreferencesSerializer(Strict):
    theme = serializers.ChoiceField(CHOICES["theme"], required=False, allow_blank=True)
    sound = serializers.ChoiceField(CHOICES["sound"], required=False)
    shortcuts = serializers.ChoiceField(CHOICES["shortcuts"], required=False)
    label_size = serializers.ChoiceField(CHOICES["label_size"], required=False)


class Me(ApiView):
    needs = {"GET": Need(None), "PATCH": Need(None)}

    @extend_schema(summary="Who I am", responses={200: MeSerializer, **problems(401)})
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(self.by).data)

    @extend_schema(
        summary="Change my preferences",
        request=PreferencesSerializer,
        responses={200: MeSerializer, **problems(400, 401)},
    )
    def patch(self, request: Request) -> Response:
        given = self.read(PreferencesSerializer)
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=self.by.pk)
            user.preferences = user.preferences | given
            user.save(update_fields=["preferences"])
        return Response(MeSerializer(user).data)
