"""Parses YAML strictly into nodes with line numbers. Tags, anchors and references are refused.

MenuFileError names the line of each fault. `menu_file` then reads the menu from the nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import yaml
from yaml.nodes import Node

#: Maximum size of a file, in characters. A menu of 500 drinks with all their words has about 150 000.
MAX_SIZE = 500_000

#: Maximum depth of nesting. A word in the translation of an option is on the eighth level.
_DEPTH = 8
_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class MenuFileError(ValueError):
    """The file is no valid menu. `faults` has at least one fault and is sorted by line."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))

    @property
    def line(self) -> int:
        return self.faults[0].line

    @property
    def reason(self) -> str:
        return self.faults[0].reason


class _Loader(yaml.BaseLoader):
    """Loads every scalar as text, because `no`, `on` and `1.0` can be names on a menu."""

    depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent) or getattr(event, "anchor", None):
            # Refuse references, because a few lines of nested references can expand to gigabytes.
            raise MenuFileError(Fault(line_number(event), "anchors (&) and references (*) are not read; write it out."))
        if self.depth == _DEPTH:
            raise MenuFileError(Fault(line_number(event), "this is nested too deeply for a menu."))
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        if node is not None and node.tag not in _PLAIN_TAGS:
            raise MenuFileError(Fault(line_number(node), f"tags are not read; remove {node.tag}."))
        return node


def line_number(at: Any) -> int:
    return cast(int, at.start_mark.line) + 1


def yaml_nodes(text: str) -> Node:
    if len(text) > MAX_SIZE:
        raise MenuFileError(Fault(1, f"the file has {len(text)} characters; a menu may have {MAX_SIZE}."))
    loader = None
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
    except MenuFileError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = f"this is not YAML ({error.problem or error.context}); check indentation, quotes and brackets."
        raise MenuFileError(Fault(mark.line + 1 if mark else 1, reason)) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise MenuFileError(Fault(line, "there is a character that no text file holds; remove it.")) from error
    except (ValueError, OverflowError) as error:
        # The file has an escape such as \UFFFFFFFF. No character has this number, so chr() fails inside PyYAML.
        line = loader.line + 1 if loader else 1
        raise MenuFileError(
            Fault(line, "something here cannot be read, such as an escape for no character; remove it.")
        ) from error
    if root is None:
        raise MenuFileError(Fault(1, "the file is empty; it needs at least name and drinks."))
    return root
