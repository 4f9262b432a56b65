"""Photos, decoded by Pillow: upright, in sRGB, with their transparency."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from songreel.base.errors import BadMedia
from songreel.media import opening

LARGEST_PIXELS = 200_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP", "TIFF", "HEIF")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_ADVICE = "Use a JPEG, PNG, WebP or GIF picture."

try:
    import pillow_heif
except ImportError:
    _READS_HEIC = False
else:
    pillow_heif.register_heif_opener()
    _READS_HEIC = True


def is_photo(path: Path) -> bool:
    """Return whether a file holds a still picture; raises BadMedia for a HEIC photo that cannot be read here."""
    try:
        with _image(path) as image:
            return not (image.format == "GIF" and getattr(image, "is_animated", False))
    except _NotAPicture:
        return False


def pixels(path: Path) -> int:
    """Return how many pixels a picture declares, before any of them is read; raises BadMedia when it is none."""
    with _image(path) as image:
        return image.width * image.height


def size(path: Path) -> tuple[int, int, str]:
    """Return (width, height, format) of a photo, upright; raises BadMedia when it cannot be read."""
    with _image(path) as image:
        width, height, name = image.width, image.height, (image.format or "").lower()
        with _damage(path):
            turned = image.getexif().get(_ORIENTATION, 1) in _TURNED
    return (height, width, name) if turned else (width, height, name)


def load(path: Path, *, longest: int | None = None) -> NDArray[np.uint8]:
    """Return a photo as uint8 (h, w, 4): upright, sRGB, straight alpha, no side longer than ``longest``.

    Raises BadMedia when it is no picture, is damaged or cut off, or has more than 200 million pixels.
    """
    with _image(path) as image, _damage(path):
        return _rgba(image, longest)


_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)


class _NotAPicture(BadMedia):
    """Pillow does not know the format: it may be a song or a clip."""


@contextlib.contextmanager
def _image(path: Path) -> Iterator[Image.Image]:
    opening.check_file(path)
    with path.open("rb") as file:
        head = file.read(12)
        file.seek(0)
        if not _READS_HEIC and head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
            raise BadMedia(
                f"{path.name} is a HEIC photo, and nothing here reads HEIC",
                advice="Install it with: pip install 'songreel[heic]', or save the photo as JPEG.",
            )
        with _identified(file, path) as image:
            yield image


@contextlib.contextmanager
def _identified(file: IO[bytes], path: Path) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        # Pillow warns from 89 million pixels on; the limit here is our own, and it refuses.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)
        try:
            image = Image.open(file, formats=[name for name in _FORMATS if name != "HEIF" or _READS_HEIC])
        except UnidentifiedImageError as error:
            raise _NotAPicture(f"{path.name} is not a picture that can be read", advice=_ADVICE) from error
        except Image.DecompressionBombError as error:
            raise _too_large(path) from error
        except (OSError, ValueError, SyntaxError) as error:
            raise BadMedia(f"{path.name} is damaged or cut off", advice="Copy or download it again.") from error
        with image:
            if image.width * image.height > LARGEST_PIXELS:
                raise _too_large(path)
            yield image


@contextlib.contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except Image.DecompressionBombError as error:
        raise _too_large(path) from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise BadMedia(f"{path.name} is damaged or cut off", advice="Copy or download it again.") from error


def _too_large(path: Path) -> BadMedia:
    return BadMedia(
        f"{path.name} has more than {LARGEST_PIXELS // 1_000_000} million pixels", advice="Save a smaller copy of it."
    )


def _rgba(image: Image.Image, longest: int | None) -> NDArray[np.uint8]:
    if longest and isinstance(image, ImageFile.ImageFile):
        # A JPEG is decoded at a half, quarter or eighth where that is still large enough.
        image.draft(None, (longest, longest))
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    if longest and max(upright.size) > longest:
        upright = _eight_bit(upright)
        upright.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return np.asarray(_srgb(_eight_bit(upright), profile), np.uint8).copy()


def _eight_bit(image: Image.Image) -> Image.Image:
    """Return a picture in a mode that resizes well: no palette, no 16-bit gray."""
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image, np.uint16) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        values = np.asarray(image, np.float64)
        scale = 255 / 65535 if values.max(initial=0) > 255 else 1.0
        return Image.fromarray(np.clip(values * scale, 0, 255).astype(np.uint8))
    if image.mode == "P" or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("RGBA") if image.mode in ("LA", "PA", "La", "RGBa") else image


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colors = image.convert("RGB") if image.mode == "RGBA" else image
    if profile and colors.mode in ("RGB", "CMYK", "L"):
        # A profile that does not fit the picture is passed over: the picture is then taken as sRGB.
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(colors, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            colors = converted or colors
    result = colors.convert("RGBA")
    if alpha is not None:
        result.putalpha(alpha)
    return result
