"""No class and no public function has the name of another one, so that each name has one meaning."""

import ast
import re
from collections import defaultdict

import pytest
from django.utils.module_loading import import_string

from tests.modules import ROOT, product_modules

pytestmark = pytest.mark.once

#: Names that several modules are allowed to use, because they have the same meaning everywhere. The value says this
#: meaning.
SAME_MEANING = {
    "Command": "a management command; Django finds it by this name",
    "SessionStore": "a place of sessions; Django finds it by this name in the module of SESSION_ENGINE",
    "main": "what a program does when it is started",
    "as_json": "the module's values as data for JSON",
    "from_json": "the values that `as_json` of the module has written",
    "connect": "connects an app's listeners to the signals of orders",
    "deliver": "a task that delivers one row; queued rows hold the path of both",
    "send": "gives a message to a carrier",
    "take_over": "makes a person responsible for an order or a conversation that somebody else had",
}


def test_a_name_stands_for_one_thing() -> None:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for file in product_modules():
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_":
                found[node.name].append(str(file.relative_to(ROOT)))
    several = {name: files for name, files in found.items() if len(files) > 1}

    assert {name: files for name, files in several.items() if name not in SAME_MEANING} == {}
    assert set(SAME_MEANING) <= set(several)


def test_the_names_in_a_packages_docstring_are_there() -> None:
    """Every name in the docstring of a package is one of its modules or a name in its code."""
    found, missing = 0, []
    for file in (file for file in product_modules() if file.name == "__init__.py"):
        code = " ".join(ast.dump(ast.parse(module.read_text("utf-8"))) for module in file.parent.glob("*.py"))
        for name in re.findall(r"`([a-z_]+)`", ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""):
            is_module = (file.parent / f"{name}.py").exists() or (file.parent / name).is_dir()
            found += 1
            missing += [] if is_module or f"='{name}'" in code else [f"{file.relative_to(ROOT)}: {name}"]

    assert found > 20
    assert missing == []


def test_the_classes_and_contexts_that_templates_name_in_their_comments_are_there() -> None:
    path = re.compile(r"\b(?:accounts|expresso|inventory|orders|sms|stations)(?:\.[a-z_]+)+\.(?:[A-Z]\w+|\w+_context)")
    templates = [file.read_text(encoding="utf-8") for file in (ROOT / "templates").rglob("*") if file.is_file()]
    named = {found for template in templates for found in path.findall(template)}

    assert len(named) > 20
    for each in named:
        import_string(each)
