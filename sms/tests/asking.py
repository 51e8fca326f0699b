"""For tests of diets and allergens: a menu that states what its drinks contain, and a function that returns the replies
to texts."""

from __future__ import annotations

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from sms.dry_run import Rehearsal

DAIRY = ("dairy", "lactose")
MENU = Menu(
    "Corner",
    (
        MenuDrink("Latte", "Coffee", groups=("Milk", "Syrup", "Decaf"), contains=("caffeine",)),
        MenuDrink("Mocha", "Coffee", groups=("Milk",), contains=("caffeine", "dairy")),
        MenuDrink("Tea", "Tea", contains=("caffeine",)),
        MenuDrink("Soup", "Food"),
    ),
    (
        MenuGroup(
            "Milk",
            (
                MenuOption("Full cream", contains=DAIRY),
                MenuOption("Oat", contains=("gluten",)),
                MenuOption("Soy", contains=("soy",)),
            ),
            default="Full cream",
        ),
        MenuGroup("Syrup", (MenuOption("Hazelnut", contains=("nuts",)), MenuOption("Vanilla", contains=()))),
        MenuGroup("Decaf", (MenuOption("Decaf", contains=(), removes=("caffeine",)),)),
    ),
)


def replies(*texts: str, menu: Menu = MENU) -> list[str]:
    rehearsal = Rehearsal(menu, languages=("en", "de", "es", "fr"))
    return [rehearsal.text(each).reply for each in texts]
