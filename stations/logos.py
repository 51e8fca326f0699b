"""Check uploaded logos: pictures are encoded again, SVG files lose their scripts, and all other files are refused."""

from __future__ import annotations

from hashlib import blake2b
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from py_svg_hush import filter_svg

from stations.models import Logo

#: Maximum size of an upload, in bytes. The web server accepts larger files, so that this check can name the reason.
LARGEST = 400_000
#: Maximum width and height of a stored logo, in pixels. No wall display or poster needs more.
WIDEST, HIGHEST = 1200, 400
#: Maximum number of pixels of an uploaded picture. A small file can unpack to gigabytes of pixels.
MOST_PIXELS = 25_000_000
PIXELS = ("PNG", "JPEG", "WEBP", "GIF")
ACCEPT = ".png,.jpg,.jpeg,.webp,.gif,.svg"


def cleaned(content: bytes) -> Logo:
    """Check an upload, and return it as a Logo that is not saved yet. Raises ValidationError."""
    if len(content) > LARGEST:
        raise ValidationError(
            _("The file is larger than %(most)d kB. Save the picture smaller: %(height)d pixels of height are enough."),
            params={"most": LARGEST // 1000, "height": HIGHEST},
        )
    kept, media_type = _drawing(content) if b"<svg" in content[:5000] else _pixels(content)
    digest = blake2b(kept, digest_size=16, person=media_type.encode()[:16]).hexdigest()
    return Logo(digest=digest, media_type=media_type, content=kept)


def _drawing(content: bytes) -> tuple[bytes, str]:
    """Remove scripts, links to other servers and embedded files from an SVG file. Return (content, media type)."""
    try:
        return filter_svg(content), "image/svg+xml"
    except ValueError:
        raise ValidationError(_("This SVG cannot be read. Save it again as plain SVG, or as PNG.")) from None


def _pixels(content: bytes) -> tuple[bytes, str]:
    try:
        # `open` reads only the size of the picture. The pixels are read by `exif_transpose`, after this check.
        picture = Image.open(BytesIO(content), formats=PIXELS)
        if picture.width * picture.height > MOST_PIXELS:
            raise ValidationError(
                _("The picture has too many pixels. %(height)d pixels of height are enough."),
                params={"height": HIGHEST},
            )
        is_photo = picture.format == "JPEG"
        # Rotate the picture as its EXIF data says, because the stored picture has no EXIF data.
        turned = ImageOps.exif_transpose(picture).convert("RGB" if is_photo else "RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ValidationError(_("This is no picture that browsers show. Choose a PNG, JPEG, WebP or SVG.")) from None
    turned.thumbnail((WIDEST, HIGHEST))
    written = BytesIO()
    if is_photo:
        turned.save(written, "JPEG", quality=90)
        return written.getvalue(), "image/jpeg"
    turned.save(written, "PNG", optimize=True)
    return written.getvalue(), "image/png"
