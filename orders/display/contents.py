"""Names of allergens, for pages and texts."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from inventory.menu import ALLERGENS


def allergens_said(contents: Collection[str]) -> str:
    """Return the allergens' names as one text, such as "dairy, caffeine". Their sequence is the same on every menu."""
    return ", ".join(allergen_named(allergen) for allergen in ALLERGENS if allergen in contents)


def allergen_named(allergen: str) -> str:
    match allergen:
        case "dairy":
            return _("dairy")
        case "lactose":
            return _("lactose")
        case "nuts":
            return _("nuts")
        case "gluten":
            return _("gluten")
        case "soy":
            return _("soy")
        case _other:
            return _("caffeine")
