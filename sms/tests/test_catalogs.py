"""Every sentence is translated, every catalog is compiled, and faults in a catalog are reported."""

from __future__ import annotations

import shutil
from pathlib import Path

import polib
import pytest

from tests import catalogs

OTHERS = catalogs.languages()


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated_with_its_placeholders_and_compiled(language: str) -> None:
    assert list(catalogs.faults(language)) == []


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Return a copy of the German catalog that a test can change."""
    shutil.copytree(catalogs.LOCALE / "de", tmp_path / "de")
    return tmp_path


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        ({"msgstr": ""}, "de: not translated: Thanks, {name}!"),
        ({"msgstr": "Danke!"}, "de: other placeholders: Danke!"),
        ({"msgstr": "Danke, {name}{!"}, "de: a brace too many or too few: Danke, {name}{!"),
        ({"flags": ["fuzzy"]}, "de: not translated: Thanks, {name}!"),
        ({"msgid": "Ta, {name}!"}, "de: nobody says this any more: Ta, {name}!"),
    ],
)
def test_a_spoilt_catalog_is_told_of(catalog: Path, spoilt: dict[str, object], fault: str) -> None:
    file = catalog / "de" / "LC_MESSAGES" / "django.po"
    entries = polib.pofile(str(file))
    for field, value in spoilt.items():
        setattr(entries.find("Thanks, {name}!"), field, value)
    entries.save()

    assert fault in list(catalogs.faults("de", catalog))


def test_a_catalog_that_was_changed_and_not_compiled_is_told_of(catalog: Path) -> None:
    file = catalog / "de" / "LC_MESSAGES" / "django.po"
    file.write_text(file.read_text().replace("Gern geschehen!", "Aber gern!"))

    before = list(catalogs.faults("de", catalog))
    catalogs.update("de", catalog)

    assert before == ["de: not compiled since it was changed; run `make sentences`"]
    assert list(catalogs.faults("de", catalog)) == []
