"""API view for GraphQL: a POST with a query, authenticated by the tokens and API keys of the REST API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from graphql import GraphQLError, parse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from expresso.api.base import ApiView, Need
from expresso.api.graph_cost import TooLarge, check_query_size
from expresso.api.problems import Problem
from expresso.api.strict import Strict
from expresso.api.views.graph import Asker, schema

#: Maximum number of characters in a query, and of tokens.
LONGEST, MOST_TOKENS = 20_000, 4_000


class QuerySerializer(Strict):
    query = serializers.CharField(max_length=LONGEST)
    variables: Any = serializers.DictField(required=False, allow_null=True, default=dict)
    operationName = serializers.CharField(required=False, allow_null=True, default=None)


class Graphql(ApiView):
    # The view itself requires no right, because the resolvers check the rights at each event.
    needs = {"POST": Need(None)}

    @extend_schema(exclude=True)
    def post(self, request: Request) -> Response:
        given = self.read(QuerySerializer)
        variables = given["variables"] or {}
        try:
            check_query_size(parse(given["query"], max_tokens=MOST_TOKENS), variables)
        except TooLarge as refusal:
            raise Problem(400, "query_too_large", refusal.why) from None
        except (GraphQLError, RecursionError):
            raise Problem(400, "invalid", "This is no GraphQL query. Check its braces and its length.") from None
        result = schema.execute_sync(
            given["query"],
            variable_values=variables,
            operation_name=given["operationName"],
            context_value=Asker(self.by, self.caller.key),
        )
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [error.formatted for error in result.errors]
        return Response(answer)
