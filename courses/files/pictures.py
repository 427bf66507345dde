"""Whether a picture can be shown: every pixel of it is decoded once, when it comes in.

Its size in pixels was checked before, from its head alone.
"""

import struct
import zlib
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from PIL import Image, ImageSequence

FORMATS = {
    "avif": "AVIF", "gif": "GIF", "jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP",
}  # fmt: skip

# Pillow's readers have no common word for a damaged file.
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, ArithmeticError, TypeError,
    AttributeError, AssertionError, RuntimeError, struct.error, zlib.error,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


def readable_only(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`read`, with every way to give up on a broken picture as the uploader's to mend."""

    def read_or_refuse(data: Any) -> Any:
        try:
            return read(data)
        except ValidationError:
            raise
        except BROKEN as error:
            raise ValidationError(_("This picture is broken. Save it again and retry.")) from error

    return read_or_refuse


def check_picture(file: File, extension: str) -> None:
    """Raises ValidationError when the picture is cut off, damaged or of another kind."""
    file.seek(0)
    readable_only(lambda file: _decode(file, FORMATS[extension]))(file)
    file.seek(0)


def _decode(file: File, name: str) -> None:
    with Image.open(file, formats=[name]) as image:
        # JPEG is decoded to its end, but only as large as its eighth.
        image.draft("RGB", (image.width // 8, image.height // 8))
        for frame in ImageSequence.Iterator(image):
            frame.load()
