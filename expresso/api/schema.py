"""Additions to drf-spectacular's OpenAPI schema: how callers identify themselves, and which errors an operation can
return."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from expresso.api.links import add_links
from expresso.api.serializers import ProblemSerializer
from expresso.api.strict import Strict

_WHAT = {
    400: "The request is not valid.",
    401: "Not signed in.",
    403: "Your role, or the key's scopes, do not allow it.",
    404: "There is no such thing, or it belongs to another event.",
    409: "The order, the menu or the hours do not allow it; `code` says why.",
    412: "Somebody changed the order since you read it.",
    406: "The header Accept asks for something other than JSON.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "This Idempotency-Key was used for a different request before.",
    428: "The header If-Match is missing.",
    429: "Too many requests; see Retry-After.",
    503: "The database cannot be reached; see Retry-After.",
}
#: Status codes of errors that every operation can return, and of errors that only operations with a body can return.
_ANYWHERE, _WITH_BODY = (400, 406, 429, 503), (413, 415)


def problems(*statuses: int) -> dict[Any, Any]:
    """Return a description of the error responses with these status codes, for `extend_schema(responses=…)`."""
    return {
        (status, "application/problem+json"): OpenApiResponse(ProblemSerializer, _WHAT[status]) for status in statuses
    }


IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the order as you last read it. `*` accepts any version of the order.",
)


class Schema(AutoSchema):
    """Makes each operation's id from its summary: "List orders" becomes `list_orders`."""

    def get_operation_id(self) -> str:
        return "_".join((self.get_summary() or "").lower().replace("'s", "").split())

    def get_override_parameters(self) -> list[Any]:
        return [*getattr(self.view, "asks", ())] if self.method == "GET" else []

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        mapped = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        return mapped | {"additionalProperties": False} if isinstance(serializer, Strict) else mapped

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        if isinstance(field, serializers.DecimalField):
            return {"oneOf": [_number(field), {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}]}
        mapped = super()._map_serializer_field(field, direction, bypass_extensions)  # type: ignore[no-untyped-call]
        return mapped | {"minItems": 1} if getattr(field, "allow_empty", True) is False else mapped

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]


def _number(field: Any) -> dict[str, Any]:
    """Return the schema of a decimal field that is sent as a JSON number, with the smallest and largest value of its
    column."""
    most = 10.0 ** (field.max_digits - field.decimal_places) - 10.0**-field.decimal_places
    least = -most if field.min_value is None else float(field.min_value)
    return {"type": "number", "minimum": least, "maximum": most}


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "expresso.api.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": "An access token of a person, or an API key."}


def complete(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """Add the common errors to every operation, and the Idempotency-Key header to POST operations."""
    header = {
        "in": "header",
        "name": "Idempotency-Key",
        "schema": {"type": "string", "maxLength": 100},
        "description": "A key of your choice, a new one for each request. If you repeat a request with its key "
        "within 24 hours, it is not done again, and you get the same response.",
    }
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            statuses = {*_ANYWHERE, *(_WITH_BODY if "requestBody" in operation else ())}
            if method == "post" and "/token/" not in path:
                operation.setdefault("parameters", []).append(header)
                statuses.add(422)
            answers = operation["responses"] | dict.fromkeys(map(str, statuses))
            # Describe each error once, under components. Operations refer to this description.
            operation["responses"] = {
                status: answers[status] if status.startswith("2") else {"$ref": f"#/components/responses/{status}"}
                for status in sorted(answers)
            }
    result["components"]["responses"] = {str(status): _problem(what) for status, what in _WHAT.items()}
    add_links(result)
    return result


def _problem(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": description, "content": content}
