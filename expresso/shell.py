"""Views of the installable web app: the service worker with its list of files, the offline page, and the manifest."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

#: Suffixes of the static files that pages can request.
SHOWN = {".css", ".js", ".svg", ".png", ".woff2"}
ICONS = [("192", "any"), ("512", "any"), ("512", "maskable")]
PAPER = "#14120f"


def shell() -> list[str]:
    """Return the URLs of the static files. The file names contain a hash of the content."""
    root = Path(settings.STATICFILES_DIRS[0])
    files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.suffix in SHOWN)
    # Leave out a file that was added after collectstatic: it has no hashed name, and no page uses it yet.
    collected = getattr(staticfiles_storage, "hashed_files", {})
    return [static(name) for name in files if name in collected or not collected]


@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker. Its URL is at the root, because it controls only pages below its own path."""
    files = json.dumps(shell())
    version = blake2b(files.encode(), digest_size=6).hexdigest()
    context = {"shell": files, "version": version}
    return render(request, "sw.js", context, content_type="text/javascript; charset=utf-8")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """Serve the page that the service worker shows for pages that it has not stored.

    The offline page is stored in the browser, so it names no user."""
    return render(request, "offline.html", {"user": AnonymousUser()})


@require_GET
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [
        {
            "src": static(f"icons/{purpose}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in ICONS
    ]
    about = {
        "name": "Expresso",
        "short_name": "Expresso",
        "description": _("Coffee orders by text message"),
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(about, content_type="application/manifest+json")
