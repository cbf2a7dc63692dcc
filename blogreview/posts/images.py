"""An uploaded image -> WebP made anew from its pixels, in the widths a page asks for.

Nothing of the file but its pixels survives: no place, no camera, no comment, no second frame.
"""

from __future__ import annotations

import enum
import hashlib
import threading
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
WIDTHS = (480, 960, 1600)

_QUALITY = 82

# What WebP can hold, and what we take: a strip of 1 x 40,000,000 pixels costs 1.5 GB.
_TALLEST = 16_383
_LONGEST = 2 * _TALLEST

# Of a progressive JPEG, which has some ten. One of 65 bytes takes 35 ms of a large picture: 10 MB of them, an hour.
_MAX_SCANS = 100

_TAKEN = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")
_NOT_TAKEN = (b"BM", b"II*\0", b"MM\0*", b"%PDF", b"8BPS", b"\0\0\1\0", b"\xff\x0a", b"\0\0\0\x0cJXL ")
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))

# Forty million pixels with transparency take half a gigabyte while they are resized.
_one_at_a_time = threading.Lock()

# Pillow only warns of a decompression bomb up to twice its limit.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class ImageFault(enum.Enum):
    """Why an upload is refused."""

    TOO_LARGE_FILE = "too-large-file"
    TOO_MANY_PIXELS = "too-many-pixels"
    NOT_AN_IMAGE = "not-an-image"
    KIND_NOT_TAKEN = "kind-not-taken"
    BROKEN = "broken"


class ImageRefused(Exception):
    def __init__(self, fault: ImageFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Variant:
    """One WebP file, and its size in pixels."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class RebuiltImage:
    """An image in one to three widths, ascending; the hash (sha256) and size are the largest one's."""

    hash: str
    width: int
    height: int
    variants: tuple[Variant, ...]


def rebuild(data: bytes) -> RebuiltImage:
    """Make an upload anew as WebP, upright, in sRGB, at most 1600 pixels wide and never enlarged.

    Takes JPEG, PNG, WebP and GIF, whatever the file is called, and the first frame of a moving one. The same
    bytes give the same image.

    :raise ImageRefused: with the fault.
    """
    if len(data) > MAX_BYTES:
        raise ImageRefused(ImageFault.TOO_LARGE_FILE)
    with _one_at_a_time:
        pixels = _pixels(_opened(data))
        variants = tuple(_variant(pixels, width) for width in _widths(pixels))
    largest = variants[-1]
    digest = hashlib.sha256(largest.data).hexdigest()
    return RebuiltImage(digest, largest.width, largest.height, variants)


def _opened(data: bytes) -> Image.Image:
    """The image with its header read, nothing decoded."""
    if data.startswith(b"\xff\xd8") and data.count(b"\xff\xda") > _MAX_SCANS:
        raise ImageRefused(ImageFault.BROKEN)
    try:
        image = Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageRefused(ImageFault.TOO_MANY_PIXELS) from error
    except Exception as error:  # A parser of a hostile file may raise anything.
        raise ImageRefused(_fault_of_unopened(data)) from error
    if max(image.size) > _LONGEST:
        raise ImageRefused(ImageFault.TOO_MANY_PIXELS)
    return image


def _fault_of_unopened(data: bytes) -> ImageFault:
    if data.startswith(_TAKEN) or data[8:12] == b"WEBP":
        return ImageFault.BROKEN
    # ftyp: the family of HEIC and AVIF, which telephones make.
    if data.startswith(_NOT_TAKEN) or data[4:8] == b"ftyp" or b"<svg" in data[:1024].lower():
        return ImageFault.KIND_NOT_TAKEN
    return ImageFault.NOT_AN_IMAGE


def _pixels(image: Image.Image) -> Image.Image:
    """The largest variant as a new image that has never seen the file's metadata."""
    try:
        # A JPEG can be decoded at a half or a quarter of its size, for a tenth of the memory.
        image.draft(None, (WIDTHS[-1], WIDTHS[-1]))
        ImageOps.exif_transpose(image, in_place=True)
        upright = _plain(image)
        shrunk = _in_srgb(_resized(upright, _widest(upright)))
        return Image.frombytes(shrunk.mode, shrunk.size, shrunk.tobytes())
    except Exception as error:  # So may a decoder.
        raise ImageRefused(ImageFault.BROKEN) from error


def _plain(image: Image.Image) -> Image.Image:
    """In a mode that can be resized and has colours."""
    if image.mode.startswith("I"):  # Sixteen bits of grey, which convert() would cut off at 255.
        return image.point(lambda value: value / 256).convert("L")
    colours = image.mode if image.mode in {"L", "RGB", "CMYK"} else "RGB"
    mode = "RGBA" if image.has_transparency_data else colours
    return image if image.mode == mode else image.convert(mode)


def _widest(image: Image.Image) -> int:
    return max(1, min(image.width, WIDTHS[-1], image.width * _TALLEST // image.height))


def _resized(image: Image.Image, width: int) -> Image.Image:
    height = min(max(1, round(image.height * width / image.width)), _TALLEST)
    if (width, height) == image.size:
        return image
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _in_srgb(image: Image.Image) -> Image.Image:
    """In the colours every screen knows, since the profile that says otherwise is dropped."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(image.info["icc_profile"]))
        converted = ImageCms.profileToProfile(image, profile, _SRGB, outputMode=mode)
    except (KeyError, OSError, ImageCms.PyCMSError):  # No profile, no such profile, or one for other channels.
        return image.convert(mode)
    return converted or image


def _widths(image: Image.Image) -> list[int]:
    return [*(width for width in WIDTHS if width < image.width), image.width]


def _variant(image: Image.Image, width: int) -> Variant:
    resized, encoded = _resized(image, width), BytesIO()
    resized.save(encoded, "WEBP", quality=_QUALITY)
    return Variant(resized.width, resized.height, encoded.getvalue())
