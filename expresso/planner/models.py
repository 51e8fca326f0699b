"""The plan of an event: its attendees, its breaks, and how long customers should wait at most."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from stations.models import Event

#: Usual percentages of attendees who take a drink in a morning and in an afternoon break. docs/planning.md names the
#: source.
MORNING, AFTERNOON = 85, 45
#: Drinks per hour for a hundred attendees, all day, in addition to the drinks in breaks. This number is an assumption.
BETWEEN = 2
#: Minutes within which 95 % of the orders should be ready.
WAIT = 6
MOST_ATTENDEES = 20_000


def _at_most(most: int, least: int = 0) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class EventPlan(models.Model):
    event = models.OneToOneField(Event, models.CASCADE, related_name="plan")
    attendees = models.PositiveIntegerField(validators=_at_most(MOST_ATTENDEES, 1))
    wait = models.PositiveSmallIntegerField(default=WAIT, db_default=WAIT, validators=_at_most(30, 2))
    morning_share = models.PositiveSmallIntegerField(default=MORNING, db_default=MORNING, validators=_at_most(300))
    afternoon_share = models.PositiveSmallIntegerField(
        default=AFTERNOON, db_default=AFTERNOON, validators=_at_most(300)
    )
    between_share = models.PositiveSmallIntegerField(default=BETWEEN, db_default=BETWEEN, validators=_at_most(100))
    #: Real minutes that a drink takes. If null, they are calculated from the menu's minutes, the frequencies of the
    #: drinks, and the pace that stations have learned from earlier orders.
    minutes_per_drink = models.DecimalField(
        max_digits=4, decimal_places=2, null=True, blank=True, validators=[*_at_most(10), MinValueValidator(0.1)]
    )
    #: How often each drink and each option (milk or size) is ordered, by its primary key as text: {"5": 3, "8": 1}.
    #: Only proportions count. If empty, the usual frequencies apply (`expresso.planner.mix.usual_mix`).
    drinks = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), blank=True)
    options = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), blank=True)
    #: The event from which figures were copied to this plan.
    taken_from = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.event}: plan"


class PlannedBreak(models.Model):
    """A break of the event's programme, in which attendees take a drink."""

    plan = models.ForeignKey(EventPlan, models.CASCADE, related_name="breaks")
    name = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    share = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=_at_most(300),
        help_text=_(
            "Percentage of the attendees who take a drink in this break. Leave empty for the plan's usual percentage."
        ),
    )

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="break_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name
