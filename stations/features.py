"""Features that are not for every event, as feature flags.

django-flags reads which flags there are, and what each needs, from `FLAGS` in the settings. Whether an event has a
feature is a column of its row. The row is read with every text, page and task anyway, so asking takes no statement, and
a change in the admin holds from the next text on in every process."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from flags.conditions import register
from flags.state import flag_enabled

ORDER_FOR_LATER, PAYMENTS, PREDICTION = "order_for_later", "payments", "prediction"
#: Features by name, each with its words for organizers.
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
    """Whether the event has the feature, and everything that the feature needs is set up."""
    return bool(flag_enabled(feature, event=event))


def needs_settings(feature: str) -> str:
    """Which settings the feature lacks to work; "" if none."""
    missing = feature == PAYMENTS and not settings.STRIPE_SECRET_KEY
    return "STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET" if missing else ""


def known_features(value: Any) -> None:
    if not isinstance(value, list) or any(name not in FEATURES for name in value) or len(set(value)) < len(value):
        raise ValidationError(_("Choose from: %(names)s.") % {"names": ", ".join(FEATURES)})
