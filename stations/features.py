"""Features that organizers switch on for single events, implemented as feature flags.

`FLAGS` in the settings has the flags of django-flags and their conditions. Which features an event has is a column of
the event. Texts, pages and tasks read the event anyway, so no further query is needed. If an organizer switches a
feature on, every process has it from the next text or page on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from flags.conditions import register
from flags.state import flag_enabled

ORDER_FOR_LATER, PAYMENTS, PREDICTION = "order_for_later", "payments", "prediction"
#: The name of each feature, with a description for organizers.
FEATURES = {
    ORDER_FOR_LATER: gettext_lazy("Order for later: customers name a time, and it is ready then"),
    PAYMENTS: gettext_lazy("Payments: orders with a price are made once they are paid by card"),
    PREDICTION: gettext_lazy("Prediction: the live overview says how many drinks come next, from the event's plan"),
}


def default_features() -> list[str]:
    return [ORDER_FOR_LATER, PREDICTION]


def _is_set_up(feature: str, **_others: Any) -> bool:
    return not needs_settings(feature)


def _event_has_it(name: str, *, event: Any, **_others: Any) -> bool:
    return name in event.features


register("event has it", _event_has_it)
register("is set up", _is_set_up)


def has_feature(event: Any, feature: str) -> bool:
    """Return whether the feature is on at the event and all settings that the feature needs are set."""
    return bool(flag_enabled(feature, event=event))


def needs_settings(feature: str) -> str:
    """Return the names of the settings that the feature needs and that are not set; "" if all are set."""
    missing = feature == PAYMENTS and not settings.STRIPE_SECRET_KEY
    return "STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET" if missing else ""


def known_features(value: Any) -> None:
    if not isinstance(value, list) or any(name not in FEATURES for name in value) or len(set(value)) < len(value):
        raise ValidationError(_("Choose from: %(names)s.") % {"names": ", ".join(FEATURES)})
