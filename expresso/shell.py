"""What a tablet needs to go on without a server: the worker of the site with its list of files, and the manifest."""

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

#: What a browser may ask for on any page of ours.
SHOWN = {".css", ".js", ".svg", ".png", ".woff2"}
ICONS = [("192", "any"), ("512", "any"), ("512", "maskable")]
PAPER = "#14120f"


def shell() -> list[str]:
    """The address of every static file of ours, with the hash of what is in it."""
    root = Path(settings.STATICFILES_DIRS[0])
    files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.suffix in SHOWN)
    # A file that came after they were collected has no address yet, and no page that is served names it.
    collected = getattr(staticfiles_storage, "hashed_files", {})
    return [static(name) for name in files if name in collected or not collected]


@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Served from the root: a worker serves what lies beside it and below."""
    files = json.dumps(shell())
    version = blake2b(files.encode(), digest_size=6).hexdigest()
    context = {"shell": files, "version": version}
    return render(request, "sw.js", context, content_type="text/javascript; charset=utf-8")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows for a page that it has not; of nobody, for it is kept."""
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
