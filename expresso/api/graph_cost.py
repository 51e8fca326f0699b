"""Measures a GraphQL query before it runs: its depth, and the number of fields that it can return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

from accounts.typed_input import whole_number

#: Maximum depth of a query. The query with which GraphQL tools read the schema (introspection) is less deep.
MOST_DEPTH = 15
MOST_COST = 20_000
#: How many rows each list field is assumed to return. `orders` is not here: the query says how many, with `first`.
ROWS = {"events": 20, "stations": 10, "drinks": 50, "optionGroups": 10, "options": 10, "items": 5, "choices": 3}
DEFAULT_ROWS, MOST_ROWS = 50, 200


@dataclass(eq=False)
class TooLarge(Exception):
    #: A sentence for the caller: which limit the query exceeds, and how to change the query.
    why: str


def check_query_size(document: DocumentNode, variables: Mapping[str, Any]) -> None:
    """Raise TooLarge if the query is nested too deeply or can return too many fields."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    measure = _Measure(fragments, variables)
    for each in document.definitions:
        if isinstance(each, OperationDefinitionNode):
            measure.add(each.selection_set, depth=1, rows=1)


@dataclass
class _Measure:
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    cost: int = 0

    def add(self, selected: SelectionSetNode | None, *, depth: int, rows: int) -> None:
        for each in selected.selections if selected else ():
            if isinstance(each, FieldNode):
                self.cost += rows
                inside = rows * self._rows_of(each)
                below = each.selection_set
            elif isinstance(each, FragmentSpreadNode):
                fragment = self.fragments.get(each.name.value)
                inside, below = rows, fragment.selection_set if fragment else None
            else:
                inside, below = rows, each.selection_set  # type: ignore[attr-defined]
            # The limits also stop this recursion, if a fragment contains itself, or if fragments double the fields
            # again and again: A contains B twice, B contains C twice, and so on.
            if depth > MOST_DEPTH:
                raise TooLarge(f"The query is nested more than {MOST_DEPTH} deep. Ask in several queries.")
            if self.cost > MOST_COST:
                raise TooLarge(f"The query may answer more than {MOST_COST} fields. Ask for fewer rows or fields.")
            self.add(below, depth=depth + 1, rows=inside)

    def _rows_of(self, field: FieldNode) -> int:
        if field.name.value != "orders":
            return ROWS.get(field.name.value, 1)
        for argument in field.arguments or ():
            if argument.name.value == "first":
                return self._number(argument.value)
        return DEFAULT_ROWS

    def _number(self, value: Any) -> int:
        if isinstance(value, VariableNode):
            given = self.variables.get(value.name.value, MOST_ROWS)
            return given if isinstance(given, int) and 0 < given <= MOST_ROWS else MOST_ROWS
        # Count a negative number as MOST_ROWS, because it would lower the total cost. The resolver later refuses it.
        return (whole_number(value.value, most=MOST_ROWS) if isinstance(value, IntValueNode) else None) or MOST_ROWS
