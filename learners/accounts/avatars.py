"""Pictures of people: read by their content, cut square, made small, stripped of all else."""

import io
import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from courses.wording.sizes import format_size

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_PIXELS = 40_000_000
SIDE = 320  # pixels; shown at 96 at most, sharp on dense screens
FORMATS = ["JPEG", "PNG", "WEBP"]


def read_avatar(upload: File[bytes]) -> ContentFile:
    """A WebP of 320 by 320 pixels made from an uploaded file.

    The first frame, turned upright, the middle square; places, cameras and everything else
    a photograph carries are left behind. Raises ValidationError when it is no JPEG, PNG or
    WebP, too large or damaged. The size is read before a pixel is decoded.
    """
    if upload.size > LARGEST_FILE:
        raise ValidationError(
            _("The picture is larger than %(size)s. Choose a smaller one.")
            % {"size": format_size(LARGEST_FILE)},
            code="picture_too_large",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as image:
                width, height = image.size
                if width * height > LARGEST_PIXELS:
                    raise _too_many_pixels()
                image.draft("RGB", (SIDE, SIDE))  # JPEG: decode only as large as needed
                upright = ImageOps.exif_transpose(image)
                square = ImageOps.fit(upright.convert("RGBA"), (SIDE, SIDE))
    except UnidentifiedImageError:
        raise ValidationError(
            _("This is not a JPEG, PNG or WebP picture."), code="picture_of_another_kind"
        ) from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many_pixels() from None
    except (OSError, SyntaxError, ValueError):  # Pillow's words for damaged files
        raise ValidationError(
            _("The picture is damaged. Choose another one."), code="picture_damaged"
        ) from None
    paper = Image.new("RGB", square.size, "white")
    paper.paste(square, mask=square.getchannel("A"))
    content = io.BytesIO()
    paper.save(content, "WEBP", quality=84)
    return ContentFile(content.getvalue(), name="avatar.webp")


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has too many pixels. Choose a smaller one."), code="picture_too_many_pixels"
    )
