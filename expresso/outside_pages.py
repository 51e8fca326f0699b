"""Error pages for requests that Django cannot answer. They are rendered in advance into deploy/errors/.

There is a page for each language. nginx chooses one by itself (deploy/nginx.conf). Without nginx,
`expresso.http_limits` serves them."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = Path(__file__).resolve().parent.parent / "deploy" / "errors"
STATUSES = (400, 413, 429, 500, 503)
#: Maximum size of a request body in kB. `http_limits` uses this number, and nginx.conf has the same one.
MOST = 512
#: Styles that are put into the page, because no stylesheet can be loaded when Django cannot answer. The colours are
#: those of tokens.css.
STYLE = """\
:root{color-scheme:light dark;--paper:#faf7f2;--card:#fff;--ink:#1d1a16;--muted:#635c53;--line:#e4ddd2;--accent:#0b6e5f}
@media(prefers-color-scheme:dark){:root{--paper:#14120f;--card:#1f1c18;--ink:#f5f1ea;--muted:#b5aca0;--line:#38332c;\
--accent:#5fd3bf}}
body{margin:0;min-height:100vh;display:grid;place-content:center;background:var(--paper);color:var(--ink);\
font:1rem/1.5 system-ui,sans-serif}
main{max-width:26rem;margin:1rem;padding:1.5rem;background:var(--card);border:1px solid var(--line);border-radius:6px}
h1{margin:0 0 .75rem;font-size:1.625rem;line-height:1.2}
p{margin:0 0 1rem}.brand{font-weight:700}.code{margin:0;color:var(--muted);font-size:.875rem}
a{display:inline-block;padding:.75rem 1.25rem;border-radius:6px;background:var(--accent);color:var(--paper);\
font-weight:600;text-decoration:none}"""


def rendered() -> dict[str, str]:
    """Return the content of each file in deploy/errors/, by file name."""
    from django.conf import settings
    from django.template.loader import render_to_string
    from django.utils.safestring import mark_safe
    from django.utils.translation import override

    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    pages = {}
    for language, _name in settings.LANGUAGES:
        for status in STATUSES:
            with override(language):
                context = {"status": status, "most": MOST, "style": mark_safe(STYLE), "style_hash": f"sha256-{digest}"}  # noqa: S308 - a constant
                page = render_to_string("outside.html", context)
            pages[f"{status}.{language}.html"] = re.sub(r"\n\s*(?=\n)", "", page).lstrip()
    return pages


@cache
def error_page(status: int, language: str) -> bytes:
    return (FOLDER / f"{status}.{language}.html").read_bytes()


@cache
def languages_written() -> frozenset[str]:
    return frozenset(file.name.split(".")[1] for file in FOLDER.glob("*.html"))


def preferred_language(accepted: str) -> str:
    """Return the first language of an Accept-Language header that has error pages, or else the default language."""
    codes = (part.partition(";")[0].strip().partition("-")[0].lower() for part in accepted[:200].split(","))
    return next((code for code in codes if code in languages_written()), settings.LANGUAGE_CODE)
