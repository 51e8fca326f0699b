"""Tests of the files of the installable web app: service worker, manifest and icons."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client, override_settings

from expresso.views import PAGES

STATIC = Path(settings.STATICFILES_DIRS[0])
IMPORT = re.compile(r"""^(?:import|export)\b[^;]*?["'](\.[^"']+)["'];""", re.MULTILINE)


def shell() -> list[str]:
    script = Client().get("/sw.js").content.decode()
    found = re.search(r'const SHELL = JSON.parse\("(.*)"\);', script)
    assert found
    files: list[str] = json.loads(found[1].encode().decode("unicode_escape"))
    return files


def version() -> str:
    found = re.search(r"expresso-pages-(\w+)", Client().get("/sw.js").content.decode())
    assert found
    return found[1]


def size_of(png: str) -> str:
    path = finders.find(png.removeprefix("/static/"))
    assert isinstance(path, str)
    width, height = struct.unpack(">II", Path(path).read_bytes()[16:24])
    return f"{width}x{height}"


def test_the_worker_is_a_script_for_the_whole_site_that_is_asked_for_anew_each_time() -> None:
    response = Client().get("/sw.js")

    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers


def test_the_shell_has_every_style_script_font_and_picture() -> None:
    expected = {path.relative_to(STATIC) for path in STATIC.rglob("*") if path.is_file()}
    expected = {path for path in expected if path.suffix not in {"", ".md"}}

    assert {Path(file.removeprefix("/static/")) for file in shell()} == expected


def test_every_icon_that_a_template_names_is_in_the_file() -> None:
    icons = set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "icons.svg").read_text()))
    templates = [path.read_text() for path in Path(settings.BASE_DIR, "templates").rglob("*.html")]

    named = {name for text in templates for name in re.findall(r'(?:_icon\.html" with name|\bicon)="([a-z-]+)"', text)}

    assert named - icons == set()
    assert {icon for _name, _title, icon, _right in PAGES} - icons == set()


def test_another_file_makes_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = version()
    monkeypatch.setattr("expresso.shell.shell", lambda: ["/static/js/other.js"])

    assert version() != before
    assert re.fullmatch("[0-9a-f]{12}", before)


def test_a_file_that_came_after_they_were_collected_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    collected = {"css/board.css": "css/board.0123456789ab.css"}
    monkeypatch.setattr("expresso.shell.staticfiles_storage.hashed_files", collected, raising=False)

    assert shell() == ["/static/css/board.css"]


def test_collected_modules_import_each_other_by_their_hashed_names(tmp_path: Path) -> None:
    """Imports in collected modules name other modules with the hash of their content, such as "live.1f3a….js".

    Browsers keep modules for ever. With plain names they would mix modules of two versions."""
    storage = {"staticfiles": {"BACKEND": "expresso.static_files.Storage"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=settings.STORAGES | storage):
        call_command("collectstatic", verbosity=0, interactive=False)

    modules = [path for path in (tmp_path / "js").rglob("*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
    imports = [(module, name) for module in modules for name in IMPORT.findall(module.read_text())]

    assert len(imports) > 40
    assert [(module.name, name) for module, name in imports if not (module.parent / name).is_file()] == []
    assert [(module.name, name) for module, name in imports if not re.search(r"\.[0-9a-f]{12}\.js$", name)] == []


def test_the_manifest_makes_the_page_installable() -> None:
    response = Client().get("/manifest.webmanifest")
    manifest = response.json()

    assert response.headers["Content-Type"] == "application/manifest+json"
    assert (manifest["display"], manifest["start_url"], manifest["scope"]) == ("standalone", "/", "/")
    assert [size_of(icon["src"]) for icon in manifest["icons"]] == [icon["sizes"] for icon in manifest["icons"]]
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
