"""`make sentences`: updates the translation catalogs in locale/ from the code, and compiles them.

The catalogs have the sentences of texts and of attendees' pages. With --check nothing is written. Sentences are
reported if they are not translated, not compiled, or lack a placeholder in the translation."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import polib

from expresso import outside_pages
from sms.wording.sentences import placeholders

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "locale"
#: Modules whose sentences attendees read on pages.
PAGES = (
    *("live/boards", "ordering/order_form", "views/attendee", "ordering/option_fields"),
    *("statuses", "views/posters", "ordering/refusal_texts", "display/example_order"),
    *("display/contents", "display/cups"),
)
SAID_IN = [
    ROOT / "accounts" / "phones.py",
    ROOT / "expresso" / "payments" / "views.py",
    ROOT / "sms" / "subscribing.py",
    *sorted((ROOT / "sms" / "replies").glob("*.py")),
    *(ROOT / "orders" / f"{name}.py" for name in PAGES),
]
TEMPLATES = ROOT / "templates"
_SAY = re.compile(r'{%-?\s*say\s+"([^"]+)"(?:\s+"([^"]+)")?')


@dataclass(frozen=True, slots=True)
class Said:
    """A translatable sentence in the code: singular, plural if it has one, and the file where it is used."""

    one: str
    many: str = ""
    where: str = ""


def said() -> list[Said]:
    found: dict[str, Said] = {}
    for file in SAID_IN:
        where = str(file.relative_to(ROOT))
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "ngettext"):
                words = [str(ast.literal_eval(word)) for word in call.args[: 2 if call.func.id == "ngettext" else 1]]
                found.setdefault(words[0], Said(*words, **{"where": where}))
    for file in sorted(TEMPLATES.rglob("*.*")):
        for one, many in _SAY.findall(file.read_text(encoding="utf-8")):
            found.setdefault(one, Said(one, many, str(file.relative_to(ROOT))))
    return list(found.values())


def languages(folder: Path = LOCALE) -> list[str]:
    return sorted(catalog.parts[-3] for catalog in folder.glob("*/LC_MESSAGES/django.po"))


def faults(language: str, folder: Path = LOCALE) -> Iterator[str]:
    """Yield a line for each fault of this language's catalog. A complete catalog yields nothing."""
    catalog = polib.pofile(str(folder / language / "LC_MESSAGES" / "django.po"))
    entries = {entry.msgid: entry for entry in catalog if not entry.obsolete}
    sentences = {sentence.one: sentence for sentence in said()}
    for one, sentence in sentences.items():
        entry = entries.get(one)
        if entry is None or entry.fuzzy or not entry.translated() or entry.msgid_plural != sentence.many:
            yield f"{language}: not translated: {one}"
            continue
        for text in entry.msgstr_plural.values() if sentence.many else [entry.msgstr]:
            yield from (f"{language}: {problem}: {text}" for problem in _problems(sentence, text))
    yield from (f"{language}: nobody says this any more: {one}" for one in entries if one not in sentences)
    if _compiled(folder, language) != _texts(catalog.translated_entries()):
        yield f"{language}: not compiled since it was changed; run `make sentences`"


def _problems(sentence: Said, text: str) -> Iterator[str]:
    try:
        if placeholders(text) != placeholders(sentence.one):
            yield "other placeholders"
    except ValueError:
        yield "a brace too many or too few"
    if [text[:1].isspace(), text[-1:].isspace()] != [sentence.one[:1].isspace(), sentence.one[-1:].isspace()]:
        yield "other blanks around it"


def _texts(entries: Iterable[polib.POEntry | polib.MOEntry]) -> dict[str, object]:
    return {entry.msgid: entry.msgstr_plural or entry.msgstr for entry in entries}


def _compiled(folder: Path, language: str) -> dict[str, object] | None:
    file = folder / language / "LC_MESSAGES" / "django.mo"
    return _texts(polib.mofile(str(file))) if file.exists() else None


def update(language: str, folder: Path = LOCALE) -> None:
    """Write the catalog with the code's present sentences, keep their translations, and compile it."""
    file = folder / language / "LC_MESSAGES" / "django.po"
    catalog = polib.pofile(str(file), wrapwidth=110)
    known = {entry.msgid: entry for entry in catalog}
    catalog.clear()
    for sentence in said():
        entry = known.get(sentence.one) or polib.POEntry(msgid=sentence.one)
        if sentence.many and entry.msgid_plural != sentence.many:
            entry.msgid_plural, entry.msgstr, entry.msgstr_plural = sentence.many, "", {0: "", 1: ""}
        entry.occurrences, entry.obsolete = [(sentence.where, "")], False
        catalog.append(entry)
    catalog.save()
    catalog.save_as_mofile(str(file.with_suffix(".mo")))


def write_outside_pages() -> None:
    """Render the error pages that nginx and Daphne send when Django cannot answer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    for name, page in outside_pages.rendered().items():
        (outside_pages.FOLDER / name).write_text(page, encoding="utf-8")


def main() -> int:
    if "--check" not in sys.argv:
        for language in languages():
            update(language)
        write_outside_pages()
    found = [fault for language in languages() for fault in faults(language)]
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
