"""A picture's file as pixels: of known formats only, of bounded size, upright, on white where it is transparent."""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from workbench.contracts.errors import WorkbenchError

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM")
"""What is read: none of these runs a program or fetches anything."""
MOST_BYTES = 256 << 20
"""Of a file."""
MOST_PIXELS = 50_000_000
"""Of a picture: its pixels as numbers then take 600 MB. Files of a few bytes can claim far more."""
_DEEP = ("I;16", "I;16L", "I;16B", "I;16N", "I")
"""Pillow's modes of 16-bit greys; converting them plainly would cut off what is above 255."""
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow raises of files that are not what they claim; `SyntaxError` is its own for a broken PNG."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PictureFile:
    """What a file shows."""

    pixels: NDArray[np.uint8]
    """(height, width, 3), red, green and blue."""
    sha256: str
    """Of the file."""
    remarks: tuple[str, ...] = ()
    """What a person should know about it."""


def read_picture(path: str | Path) -> PictureFile:
    """Read a picture as a person sees it: turned as its camera says, transparent parts on white, 16 bits as 8.

    Raises:
        WorkbenchError: there is no such file, it is none of `FORMATS`, broken, or too large.
    """
    path = Path(path)
    content = _content(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of oddities in a file that can be read all the same
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as image:
                _check_size(image.width, image.height, path)
                moves = bool(getattr(image, "is_animated", False))
                image.seek(0)
                pixels = np.array(_upright(image), np.uint8)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large("it has far too many pixels", path) from error
    except UnidentifiedImageError as error:
        raise WorkbenchError(
            "this is no picture that can be read", where=str(path), mend="Choose a PNG, JPEG, GIF, BMP, TIFF or WebP file."
        ) from error
    except MemoryError as error:
        raise _too_large("it does not fit into memory", path) from error
    except _BROKEN as error:
        raise WorkbenchError(
            "this picture is broken or cut off", where=str(path), mend="Save it again, or choose another one."
        ) from error
    remarks = ("This file holds several pictures: its first one is looked at.",) if moves else ()
    return PictureFile(pixels=pixels, sha256=content, remarks=remarks)


def _content(path: Path) -> str:
    """The digest of a file that is there and no larger than it may be."""
    try:
        if not path.is_file():  # a pipe or a device would never end
            raise WorkbenchError("there is no such picture", where=str(path), mend="Choose a file that exists.")
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(f"the file has {path.stat().st_size / 1e6:,.0f} MB", path)
        return sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        raise WorkbenchError("this picture cannot be read", where=str(path), mend="Choose another file.") from error


def _check_size(width: int, height: int, path: Path) -> None:
    if width * height > MOST_PIXELS:
        raise _too_large(f"it has {width:,} × {height:,} pixels", path)


def _too_large(what: str, path: Path) -> WorkbenchError:
    return WorkbenchError(
        f"this picture is too large: {what}",
        where=str(path),
        mend=f"Make it smaller: at most {MOST_PIXELS // 10**6} million pixels.",
    )


def _upright(image: Image.Image) -> Image.Image:
    """Red, green and blue, 8 bits each, as a person sees them."""
    image = ImageOps.exif_transpose(image)
    if image.mode in _DEEP:
        deep = np.asarray(image).astype(np.int64).clip(0, 65_535)
        return Image.fromarray((deep // 257).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")
    return image.convert("RGB")
