"""Tests of the logos that organizers upload: what is stored, which files are refused, and how a logo is served."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import AuditEntry, Role
from expresso.clearing import clear_expired
from expresso.setup import copying
from orders.tests import factory
from stations import logos
from stations.models import Event, Logo, Station

pytestmark = pytest.mark.django_db

HOSTILE = b"""<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 10 10" onload="alert(1)"><script>alert(2)</script><style>.a{fill:#f00}</style>
 <path class="a" d="M0 0h10v10z" onclick="alert(3)"/><a xlink:href="javascript:alert(4)"><path d="M0 0"/></a>
 <image href="https://spy.example/x.png"/><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject></svg>"""


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **more: object) -> bytes:
    written = BytesIO()
    Image.new(mode, size, "#5b2a86").save(written, kind, **more)
    return written.getvalue()


@pytest.fixture
def bar() -> Station:
    return factory.cafe()


@pytest.fixture
def olivia(client: Client, bar: Station) -> Client:
    client.force_login(factory.user("olivia", Role.ORGANIZER), backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(client: Client, bar: Station, content: bytes, name: str = "logo.png", **more: str) -> object:
    file = SimpleUploadedFile(name, content)
    return client.post(
        f"/events/{bar.event.slug}/setup/branding/", {"colour": "", "logo_file": file, "stay": "1"} | more
    )


def test_an_uploaded_logo_stands_on_wall_and_order_page_and_inside_the_poster(olivia: Client, bar: Station) -> None:
    upload(olivia, bar, picture())

    address = Event.objects.get().logo_address
    shown = olivia.get(address)
    pages = [olivia.get(f"/events/{bar.event.slug}/{page}").content.decode() for page in ("", "wall/", "kiosk/")]
    poster = olivia.get(f"/events/{bar.event.slug}/poster.svg").content.decode()

    assert all(f'src="{address}"' in page for page in pages)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    assert 'href="data:image/png;base64,' in poster


def test_a_logo_can_run_and_load_nothing_where_it_is_opened_as_a_page(olivia: Client, bar: Station) -> None:
    upload(olivia, bar, HOSTILE, "logo.svg")

    shown = Client().get(Event.objects.get().logo_address)
    kept = shown.content.decode()

    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert 'd="M0 0h10v10z"' in kept
    assert ".a{fill:#f00}" in kept
    assert [word for word in ("script", "alert", "onload", "spy.example", "foreignObject") if word in kept] == []


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO", "PPM"])
def test_a_picture_that_not_every_browser_shows_is_not_even_opened(kind: str) -> None:
    with pytest.raises(ValidationError, match="no picture that browsers show"):
        logos.cleaned(picture(kind))


def test_pixels_are_encoded_anew_without_what_else_was_in_the_file() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"

    kept = logos.cleaned(picture("JPEG", (2000, 1000), exif=exif) + b"<script>alert(1)</script>")

    assert kept.media_type == "image/jpeg"
    assert Image.open(BytesIO(kept.content)).size == (800, 400)
    assert [word for word in (b"at home", b"alert") if word in kept.content] == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"x" * (logos.LARGEST + 1),
            "The file is larger than 400 kB. Save the picture smaller: 400 pixels of height are enough.",
        ),
        (b"%PDF-1.7 and so on", "This is no picture that browsers show. Choose a PNG, JPEG, WebP or SVG."),
        (picture()[:60], "This is no picture that browsers show. Choose a PNG, JPEG, WebP or SVG."),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><path",
            "This SVG cannot be read. Save it again as plain SVG, or as PNG.",
        ),
        (picture("PNG", (6000, 6000), "1"), "The picture has too many pixels. 400 pixels of height are enough."),
    ],
    ids=["large", "another kind", "cut off", "broken drawing", "unfolds"],
)
def test_what_is_no_logo_is_refused_in_a_sentence_and_changes_nothing(
    olivia: Client, bar: Station, content: bytes, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        logos.cleaned(content)
    answer = upload(olivia, bar, content)

    assert refused.value.messages == [sentence]
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)  # type: ignore[attr-defined]
    assert Event.objects.get().logo_id is None


def test_a_copied_event_keeps_its_logo_when_the_first_takes_its_own_off(olivia: Client, bar: Station) -> None:
    upload(olivia, bar, picture())
    nora = factory.user("nora", Role.ORGANIZER)
    copy = copying.create(Event(name="Next year"), by=nora)
    copying.copy_into(copy, Event.objects.get(pk=bar.event_id), by=nora)

    olivia.post(f"/events/{bar.event.slug}/setup/branding/", {"colour": "", "without_logo": "on"})
    clear_expired()
    still = Client().get(Event.objects.get(pk=copy.pk).logo_address)
    Event.objects.filter(pk=copy.pk).update(logo=None)
    clear_expired()

    assert Event.objects.get(pk=bar.event_id).logo_address == ""
    assert (still.status_code, Logo.objects.count()) == (200, 0)
    assert AuditEntry.objects.filter(act="changed", event=bar.event_id).count() == 2
