"""Features that are not for every event, as feature flags.

django-flags reads which flags there are, and what each needs, from `FLAGS` in the settings. Whether an event has a
feature is a column of its row. The row is read with every text, page and task anyway, so asking takes no statement, and
a change in the admin holds from the next text on in every process."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from flags.conditions import register
from flags.state import flag_enabled

ORDER_FOR_LATER = "order_for_later"
#: Features by name, each with its words for organizers.
FEATURES = {
    ORDER_FOR_LATER: gettext_lazy("Order for later: customers name a time, and it is ready then"),
}


def default_features() -> list[str]:
    return [ORDER_FOR_LATER]


def _event_has_it(name: str, *, event: Any, **_others: Any) -> bool:
    return name in event.features


register("event has it", _event_has_it)


def has_feature(event: Any, feature: str) -> bool:
    """Whether the event has the feature, and everything that the feature needs is set up."""
    return bool(flag_enabled(feature, event=event))


def known_features(value: Any) -> None:
    if not isinstance(value, list) or any(name not in FEATURES for name in value) or len(set(value)) < len(value):
        raise ValidationError(_("Choose from: %(names)s.") % {"names": ", ".join(FEATURES)})
