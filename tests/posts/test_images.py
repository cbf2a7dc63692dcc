"""Uploads are made anew from their pixels, or refused by name."""

from __future__ import annotations

import hashlib
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from blogreview.posts.images import MAX_BYTES, ImageFault, ImageRefused, RebuiltImage, rebuild

SECRET = b"Storgata 1, 60.39N"
RED, BLUE = (200, 30, 20), (20, 30, 200)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def two_tone(width: int, height: int) -> Image.Image:
    """Red above, blue below."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, height // 2, width, height))
    return image


def largest(rebuilt: RebuiltImage) -> Image.Image:
    image = Image.open(BytesIO(rebuilt.variants[-1].data))
    image.load()
    return image


def is_near(pixel: object, colour: tuple[int, ...], within: int = 12) -> bool:
    assert isinstance(pixel, tuple)
    return len(pixel) == len(colour) and all(abs(a - b) <= within for a, b in zip(pixel, colour, strict=True))


def fault_of(data: bytes) -> ImageFault:
    with pytest.raises(ImageRefused) as refused:
        rebuild(data)
    return refused.value.fault


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((3200, 1600), [(480, 240), (960, 480), (1600, 800)]),
        ((1600, 100), [(480, 30), (960, 60), (1600, 100)]),
        ((1000, 500), [(480, 240), (960, 480), (1000, 500)]),
        ((480, 480), [(480, 480)]),
        ((7, 3), [(7, 3)]),
        ((2000, 1), [(480, 1), (960, 1), (1600, 1)]),
        ((300, 20_000), [(245, 16_333)]),
        ((1, 30_000), [(1, 16_383)]),
    ],
)
def test_an_image_gets_up_to_three_widths_and_is_never_enlarged(
    size: tuple[int, int], sizes: list[tuple[int, int]]
) -> None:
    rebuilt = rebuild(saved(two_tone(*size), "PNG"))
    assert [(variant.width, variant.height) for variant in rebuilt.variants] == sizes
    assert [Image.open(BytesIO(variant.data)).size for variant in rebuilt.variants] == sizes
    assert (rebuilt.width, rebuilt.height) == sizes[-1]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_kind_taken_becomes_webp_with_the_same_pixels(kind: str) -> None:
    image = largest(rebuild(saved(two_tone(64, 64), kind)))
    assert (image.format, image.mode, image.size) == ("WEBP", "RGB", (64, 64))
    assert is_near(image.getpixel((32, 8)), RED)
    assert is_near(image.getpixel((32, 56)), BLUE)


def test_the_hash_is_that_of_the_largest_variant_and_the_same_every_time() -> None:
    data = saved(two_tone(700, 500), "JPEG")
    rebuilt = rebuild(data)
    assert rebuilt.hash == hashlib.sha256(rebuilt.variants[-1].data).hexdigest()
    assert rebuild(data) == rebuilt


def with_everything_said() -> list[bytes]:
    image = two_tone(40, 40)
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRET.decode())
    text.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return [
        saved(image, "JPEG", exif=exif, comment=SECRET, icc_profile=icc, xmp=SECRET),
        saved(image, "PNG", exif=exif, pnginfo=text, icc_profile=icc),
        saved(image, "WEBP", exif=exif, xmp=SECRET, icc_profile=icc),
        saved(image, "GIF", comment=SECRET),
        saved(image, "JPEG") + SECRET,
        saved(image, "PNG") + SECRET,
    ]


@pytest.mark.parametrize("data", with_everything_said())
def test_nothing_that_was_said_in_the_file_is_left(data: bytes) -> None:
    assert SECRET in data
    rebuilt = rebuild(data)
    assert SECRET not in b"".join(variant.data for variant in rebuilt.variants)
    assert {key for key in largest(rebuilt).info if key in {"exif", "icc_profile", "xmp", "comment"}} == set()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_sideways_is_turned_upright(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = largest(rebuild(saved(two_tone(90, 40), kind, exif=exif)))
    assert image.size == (40, 90)
    assert is_near(image.getpixel((35, 45)), RED)
    assert is_near(image.getpixel((4, 45)), BLUE)


def test_transparency_is_kept() -> None:
    image = Image.new("RGBA", (20, 20), (*RED, 0))
    image.paste((*BLUE, 255), (0, 0, 20, 10))
    for data in (saved(image, "PNG"), saved(image.quantize(), "PNG"), saved(image, "WEBP", lossless=True)):
        shown = largest(rebuild(data))
        assert shown.mode == "RGBA"
        assert is_near(shown.getpixel((10, 2)), (*BLUE, 255))
        assert shown.getchannel("A").getpixel((10, 18)) == 0


@pytest.mark.parametrize(
    ("image", "kind", "colour"),
    [
        (Image.new("I;16", (8, 8), 40_000), "PNG", (156, 156, 156)),
        (Image.new("L", (8, 8), 90), "JPEG", (90, 90, 90)),
        (Image.new("1", (8, 8), 1), "PNG", (255, 255, 255)),
        (Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG", (255, 0, 0)),
    ],
)
def test_other_kinds_of_pixels_become_colours(image: Image.Image, kind: str, colour: tuple[int, ...]) -> None:
    assert is_near(largest(rebuild(saved(image, kind))).getpixel((4, 4)), colour)


def with_red_and_blue_exchanged() -> bytes:
    """An sRGB profile whose tags say that what is called red is blue."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)


def test_colours_of_another_profile_become_those_of_srgb() -> None:
    data = saved(Image.new("RGB", (8, 8), (255, 0, 0)), "PNG", icc_profile=with_red_and_blue_exchanged())
    assert is_near(largest(rebuild(data)).getpixel((4, 4)), (0, 0, 255))


@pytest.mark.parametrize("profile", [b"no profile", with_red_and_blue_exchanged()])
def test_a_profile_that_does_not_fit_is_ignored(profile: bytes) -> None:
    data = saved(Image.new("L", (8, 8), 90), "PNG", icc_profile=profile)
    assert is_near(largest(rebuild(data)).getpixel((4, 4)), (90, 90, 90))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_image_the_first_frame_is_kept(kind: str) -> None:
    frames = {"save_all": True, "append_images": [Image.new("RGB", (10, 10), BLUE)], "duration": 100}
    image = largest(rebuild(saved(Image.new("RGB", (10, 10), RED), kind, **frames)))
    assert getattr(image, "n_frames", 1) == 1
    assert is_near(image.getpixel((5, 5)), RED)


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that says how large it is and ends where its pixels begin."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n\0\0\0\x0d" + header + struct.pack(">I", zlib.crc32(header))
    return start + b"\0\0\0\x20IDAT"


@pytest.mark.parametrize("size", [(8_001, 5_000), (9_001, 9_000), (1, 40_000), (32_767, 1), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_before_any_is_decoded(size: tuple[int, int]) -> None:
    assert fault_of(png_of_size(*size)) is ImageFault.TOO_MANY_PIXELS


def test_forty_million_pixels_are_not_too_many() -> None:
    assert fault_of(png_of_size(8_000, 5_000)) is ImageFault.BROKEN


def test_a_file_may_have_ten_megabytes_and_no_more() -> None:
    image = saved(two_tone(8, 8), "PNG")
    assert rebuild(image.ljust(MAX_BYTES, b"\0")) == rebuild(image)
    assert fault_of(image.ljust(MAX_BYTES + 1, b"\0")) is ImageFault.TOO_LARGE_FILE


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"\n <SVG/>",
        saved(two_tone(8, 8), "BMP"),
        saved(two_tone(8, 8), "TIFF"),
        saved(two_tone(8, 8), "ICO"),
        saved(two_tone(8, 8), "PDF"),
        b"\0\0\0\x24ftypheic" + b"\0" * 40,
    ],
)
def test_kinds_that_are_not_taken_are_named_so(data: bytes) -> None:
    assert fault_of(data) is ImageFault.KIND_NOT_TAKEN


@pytest.mark.parametrize("data", [b"", b"Hei", b"PK\x03\x04" + b"\0" * 40, b"RIFF\0\0\0\0WAVEfmt ", "Blåbær".encode()])
def test_what_is_no_image_is_named_so(data: bytes) -> None:
    assert fault_of(data) is ImageFault.NOT_AN_IMAGE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_way_of_being_cut_short_is_broken(kind: str) -> None:
    whole = saved(Image.effect_noise((60, 60), 80).convert("RGB"), kind)
    faults = {fault_of(whole[:length]) for length in range(16, len(whole) // 2, 97)}
    assert faults == {ImageFault.BROKEN}


def test_a_jpeg_of_endless_scans_is_broken() -> None:
    whole = saved(two_tone(64, 64), "JPEG", progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    assert rebuild(whole[:-2] + last * 20 + whole[-2:]).width == 64
    assert fault_of(whole[:-2] + last * 200 + whole[-2:]) is ImageFault.BROKEN
