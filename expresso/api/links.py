"""Links of the OpenAPI schema. A link names an operation that can follow a response, and says where that response holds
the operation's parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_EVENT = {"event": "$request.path.event"}
_STATION = {"station": "$request.path.station"}
_ORDER = {"order": "$response.body#/id", "If-Match": "$response.header.ETag"}
_STEPS = (
    *("start_making_an_order", "mark_an_order_ready", "hand_an_order_over", "cancel_an_order"),
    *("put_an_order_aside_that_nobody_collected", "take_the_last_step_back", "go_on_making_what_somebody_else_began"),
)
_OF_ORDER = ("read_an_order", "change_an_order", "tick_a_line_off", "move_an_order_to_another_station", *_STEPS)


@dataclass(frozen=True, slots=True)
class Links:
    """The links from one response to the operations in `to`. `parameters` and `body` say which values of the response
    to use as the parameters and the body of the next request."""

    to: tuple[str, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] | None = None


def _at(name: str, pointer: str) -> dict[str, str]:
    return {name: f"$response.body#/{pointer}"}


FOLLOWING: Mapping[str, tuple[Links, ...]] = {
    "sign_in": (
        Links(("renew",), body={"refresh": "$response.body#/refresh"}),
        Links(("verify", "sign_out"), body={"token": "$response.body#/access"}),
    ),
    "list_events": (Links(("read_an_event", "list_an_event_stations", "list_orders"), _at("event", "0/slug")),),
    "list_an_event_stations": (
        Links(("read_a_station", "read_a_station_queue", "list_a_station_stock"), _at("station", "0/slug")),
    ),
    "list_a_station_stock": (
        Links(("set_what_is_on_hand", "add_to_or_take_from_what_is_on_hand"), _STATION | _at("stock", "0/id")),
    ),
    "list_orders": (Links(("read_an_order",), _at("order", "results/0/id")),),
    "place_an_order": (Links((*_OF_ORDER, "write_to_the_customer"), _ORDER),),
    "read_an_order": (Links(_OF_ORDER[1:], _ORDER),),
    "change_an_order": (Links(("read_an_order", "start_making_an_order"), _ORDER),),
    **{step: (Links(("read_an_order", *_STEPS), _ORDER),) for step in _STEPS},
    "list_items": (Links(("read_an_item",), _EVENT | _at("item", "results/0/id")),),
    "read_an_item": (
        Links(
            ("tick_an_item_off",),
            _EVENT | {"item": "$response.body#/id", "If-Match": "$response.header.ETag"},
        ),
        Links(("read_an_order",), _at("order", "order")),
    ),
    "list_drinks": (Links(("read_a_drink", "change_a_drink"), _EVENT | _at("drink", "0/id")),),
    "add_a_drink": (Links(("read_a_drink", "change_a_drink"), _EVENT | _at("drink", "id")),),
    "list_option_groups_with_their_options": (
        Links(("read_an_option", "change_an_option"), _EVENT | _at("option", "0/options/0/id")),
    ),
    "look_customers_up": (Links(("read_a_customer", "forget_a_customer"), _EVENT | _at("customer", "0/id")),),
    "add_somebody_to_the_staff": (
        Links(("change_somebody_role", "take_somebody_off_the_staff"), _EVENT | _at("user", "id")),
    ),
    "add_a_shift": (Links(("delete_a_shift",), _EVENT | _at("shift", "id")),),
    "make_an_api_key": (Links(("revoke_an_api_key",), _EVENT | _at("key", "id")),),
    "register_a_webhook": (Links(("read_a_webhook", "delete_a_webhook"), _EVENT | _at("webhook", "id")),),
    "read_the_figures_of_an_event": (Links(("read_a_table_of_the_reports",), _EVENT | _at("table", "tables/0")),),
}


def add_links(document: dict[str, Any]) -> None:
    operations = {
        operation["operationId"]: operation for methods in document["paths"].values() for operation in methods.values()
    }
    for source, followers in FOLLOWING.items():
        answers = operations[source]["responses"]
        done = next(answers[status] for status in sorted(answers) if status.startswith("2"))
        done["links"] = {target: _link(links, operations[target]) for links in followers for target in links.to}


def _link(links: Links, target: dict[str, Any]) -> dict[str, Any]:
    known = {parameter["name"] for parameter in target.get("parameters", ())}
    link: dict[str, Any] = {"operationId": target["operationId"]}
    if parameters := {name: value for name, value in links.parameters.items() if name in known}:
        link["parameters"] = parameters
    if links.body:
        link["requestBody"] = dict(links.body)
    return link
