"""Database models of the menu and of stock. `inventory.menu` has the menu as dataclasses."""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inventory.menu import ROLES
from inventory.prices import PriceField
from stations.models import Event, Station
from stations.validators import between, likely_year

CONTAINS = _(
    "Write which of dairy, lactose, nuts, gluten, soy and caffeine it contains, or “nothing”. Expresso answers "
    "customers' questions from this. If you leave it empty, Expresso refers them to the barista."
)


def touch_menu(event_id: int) -> None:
    """Increase the event's menu version. Every process then loads the menu again before it uses it."""
    Event.objects.filter(pk=event_id).update(menu_version=F("menu_version") + 1)


class MenuPart(models.Model):
    """Base of all models that belong to the cached menu. Saving or deleting a row increases the event's menu
    version."""

    class Meta:
        abstract = True

    # `save` and `delete` first update the event's row, which locks it, and then the menu's row. `lifecycle.place` locks
    # them in the same sequence. Otherwise the two could deadlock.

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(savepoint=False):
            touch_menu(self.menu_event_id)
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic(savepoint=False):
            touch_menu(self.menu_event_id)
            return super().delete(*args, **kwargs)

    @property
    def menu_event_id(self) -> int:
        """Return the primary key of the row's event. Models without a field `event` override this."""
        return self.event_id  # type: ignore[attr-defined, no-any-return]


class OptionGroup(MenuPart):
    class Choose(models.TextChoices):
        ONE = "one", _("one (a later word replaces an earlier one)")
        MANY = "many", _("many")

    event = models.ForeignKey(Event, models.CASCADE, related_name="option_groups")
    name = models.CharField(max_length=40)
    aliases = models.JSONField(
        default=list,
        blank=True,
        help_text=_("Words that customers may text for the whole group, such as milks or toppings."),
    )
    translations = models.JSONField(default=dict, blank=True)
    choose = models.CharField(max_length=4, choices=Choose, default=Choose.ONE)
    ask = models.BooleanField(
        default=False, help_text=_("Ask the customer if the order names no option of this group.")
    )
    amounts = models.BooleanField(
        default=False, help_text=_("Customers can order an amount of each option: 2, no, light or extra.")
    )
    role = models.CharField(
        max_length=8,
        choices=[(role, role) for role in ROLES],
        blank=True,
        db_default="",
        help_text=_(
            "milk: tickets show these options first, as coloured chips, and cups with the same milk are made together. "
            "size: these options, listed from the smallest, decide how large a cup is drawn. Leave empty for any other "
            "group."
        ),
    )
    default = models.ForeignKey(
        "Option",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The option that is made if the order names no option of this group. Leave empty for none."),
    )
    position = models.PositiveSmallIntegerField(default=0, validators=between(0, 999))
    retired_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When it was taken off the menu. Old orders still show it.")
    )

    class Meta:
        ordering = ["event", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="option_group_once_per_event")]

    def __str__(self) -> str:
        return self.name


class Option(MenuPart):
    group = models.ForeignKey(OptionGroup, models.CASCADE, related_name="options")
    name = models.CharField(max_length=40)
    aliases = models.JSONField(default=list, blank=True, help_text=_("Other words that customers may text for it."))
    translations = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("Words by language, such as de: Hafer, Hafermilch. Pages and texts show the first one."),
    )
    contains = models.JSONField(null=True, blank=True, help_text=CONTAINS)
    removes = models.JSONField(
        null=True,
        blank=True,
        help_text=_("What a cup does not contain if this option is chosen. For example, decaf removes caffeine."),
    )
    price = PriceField(
        help_text=_("Added to the price of the drink, such as 0.50. Leave empty if it costs nothing extra.")
    )
    position = models.PositiveSmallIntegerField(default=0, validators=between(0, 999))
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["group", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="option_once_per_group")]

    def __str__(self) -> str:
        return self.name

    @property
    def menu_event_id(self) -> int:
        return self.group.event_id


class Drink(MenuPart):
    event = models.ForeignKey(Event, models.CASCADE, related_name="drinks")
    name = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    aliases = models.JSONField(default=list, blank=True, help_text=_("Other words that customers may text for it."))
    translations = models.JSONField(default=dict, blank=True)
    groups = models.ManyToManyField(OptionGroup, blank=True, related_name="drinks")
    defaults = models.ManyToManyField(
        Option,
        blank=True,
        related_name="+",
        help_text=_(
            "Options that this drink gets if the order names no others. They override the defaults of the groups."
        ),
    )
    minutes = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        default=1,
        help_text=_("Minutes of work for one cup. Quoted waits are calculated from it."),
    )
    price = PriceField(
        help_text=_(
            "In the event's currency, such as 3.50. Leave empty if it is free. Customers pay only if payments are on."
        )
    )
    contains = models.JSONField(null=True, blank=True, help_text=CONTAINS)
    made_of = models.JSONField(
        null=True,
        blank=True,
        help_text=_(
            "The layers of the cup from the bottom up, such as espresso, milk, milk, foam. Write a layer twice to make "
            "it twice as high. The cup is drawn from the layers, and the menu names them. You can use espresso, "
            "coffee, water, milk, foam, cream, chocolate, tea, herbs, matcha, juice and ice. Leave empty for a plain "
            "cup."
        ),
    )
    position = models.PositiveSmallIntegerField(default=0, validators=between(0, 999))
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["event", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="drink_once_per_event"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0),
                name="drink_takes_time",
                violation_error_message=_("Give more than 0 minutes of work for one cup."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CannotMake(MenuPart):
    """A drink or option that a station cannot make, because it lacks the equipment or because it is sold out."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="cannot_make")
    drink = models.ForeignKey(Drink, models.CASCADE, null=True, blank=True, related_name="+")
    option = models.ForeignKey(Option, models.CASCADE, null=True, blank=True, related_name="+")
    until = models.DateTimeField(
        null=True,
        blank=True,
        validators=[likely_year],
        help_text=_("When the station can make it again. Leave empty to wait until somebody removes this entry."),
    )

    class Meta:
        verbose_name = _("item a station cannot make")
        verbose_name_plural = _("items a station cannot make")
        constraints = [
            models.CheckConstraint(
                condition=Q(drink__isnull=False, option__isnull=True) | Q(drink__isnull=True, option__isnull=False),
                name="cannot_make_one_thing",
                violation_error_message=_("Choose a drink or an option, one of the two."),
            ),
            # Two taps on "Sold out" must make only one row, so that one tap puts the drink back on sale.
            models.UniqueConstraint(fields=["station", "drink"], name="cannot_make_drink_once"),
            models.UniqueConstraint(fields=["station", "option"], name="cannot_make_option_once"),
        ]

    def __str__(self) -> str:
        return f"{self.station}: no {self.drink or self.option}"

    @property
    def menu_event_id(self) -> int:
        return self.station.event_id

    def holds(self) -> bool:
        return self.until is None or self.until > timezone.now()


class Ingredient(MenuPart):
    event = models.ForeignKey(Event, models.CASCADE, related_name="ingredients")
    name = models.CharField(max_length=40)
    unit = models.CharField(
        max_length=12, help_text=_("The unit of all amounts of this ingredient, such as ml, g or pcs.")
    )

    class Meta:
        ordering = ["event", "name"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="ingredient_once_per_event")]

    def __str__(self) -> str:
        return self.name


class Use(MenuPart):
    """The amount of an ingredient that one cup of a drink, or one portion of an option, uses."""

    ingredient = models.ForeignKey(Ingredient, models.CASCADE, related_name="uses")
    drink = models.ForeignKey(Drink, models.CASCADE, null=True, blank=True, related_name="uses")
    option = models.ForeignKey(
        Option,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="uses",
        help_text=_("The amount is also used if the option is made by default."),
    )
    amount = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(drink__isnull=False, option__isnull=True) | Q(drink__isnull=True, option__isnull=False),
                name="use_is_of_one_thing",
                violation_error_message=_("Choose a drink or an option, one of the two."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="use_is_positive",
                violation_error_message=_("Give an amount above 0, or remove the row."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.ingredient.unit} {self.ingredient} · {self.drink or self.option}"

    @property
    def menu_event_id(self) -> int:
        return self.ingredient.event_id


class Stock(MenuPart):
    """How much of an ingredient a station has. If there is no row, the ingredient is not counted and never runs out."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="stock")
    ingredient = models.ForeignKey(Ingredient, models.CASCADE, related_name="stock")
    on_hand = models.DecimalField(max_digits=10, decimal_places=2, validators=[MinValueValidator(0)])
    reserved = models.DecimalField(
        max_digits=10, decimal_places=2, default=0, help_text=_("Reserved for orders that are not made yet.")
    )
    low_at = models.DecimalField(max_digits=10, decimal_places=2, default=0, validators=[MinValueValidator(0)])

    class Meta:
        ordering = ["station", "ingredient"]
        verbose_name_plural = "stock"
        constraints = [
            models.UniqueConstraint(fields=["station", "ingredient"], name="stock_once_per_station"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0),
                name="stock_reserved_not_negative",
                violation_error_message=_("No less than nothing can be reserved."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ingredient} · {self.station}"

    @property
    def menu_event_id(self) -> int:
        return self.station.event_id

    @property
    def is_low(self) -> bool:
        return self.on_hand - self.reserved <= self.low_at
