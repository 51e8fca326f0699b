"""Names of allergens, for pages and texts."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from inventory.menu import ALLERGENS


def allergens_said(contents: Collection[str]) -> str:
    """Return the names of the allergens as one text, such as "dairy, caffeine". All menus have the same sequence."""
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
