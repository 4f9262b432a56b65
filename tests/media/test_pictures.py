"""Photos of every kind come out upright, in sRGB, no larger than asked."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from songreel.base.errors import BadMedia
from songreel.media import pictures

RED = (200, 40, 60)


def corner(width=40, height=30):
    """A picture with a red top left corner on gray."""
    picture = np.full((height, width, 3), 128, np.uint8)
    picture[: height // 2, : width // 2] = RED
    return Image.fromarray(picture)


def near(pixel, color, by=6):
    return np.abs(np.asarray(pixel[:3], int) - color).max() <= by


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.gif", "a.bmp", "a.tiff", "a.avif"])
def test_every_format_is_read(tmp_path, name):
    corner(80, 60).save(tmp_path / name)
    picture = pictures.load(tmp_path / name)
    assert (picture.shape, picture.dtype) == ((60, 80, 4), np.uint8)
    assert near(picture[10, 10], RED, 12)
    assert near(picture[50, 70], (128, 128, 128), 12)
    assert picture[..., 3].min() == 255
    assert pictures.size(tmp_path / name)[:2] == (80, 60)


def test_heic_is_read_where_its_library_is(tmp_path):
    heif = pytest.importorskip("pillow_heif")
    heif.from_pillow(corner(80, 64)).save(tmp_path / "a.heic", quality=95)
    picture = pictures.load((tmp_path / "a.heic").rename(tmp_path / "a.jpg"))
    assert picture.shape == (64, 80, 4)
    assert near(picture[10, 10], RED, 16)


def test_without_its_library_heic_is_refused_with_the_command(tmp_path, monkeypatch):
    (tmp_path / "a.heic").write_bytes(b"\x00\x00\x00\x18ftypheic" + bytes(100))
    monkeypatch.setattr(pictures, "_READS_HEIC", False)
    with pytest.raises(BadMedia, match=r"songreel\[heic\]"):
        pictures.is_photo(tmp_path / "a.heic")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_the_picture_upright(tmp_path, orientation):
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = corner(80, 60) if orientation == 1 else corner(80, 60).transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / "a.jpg", exif=exif, quality=95)
    picture = pictures.load(tmp_path / "a.jpg")
    assert picture.shape == (60, 80, 4)
    assert near(picture[10, 10], RED, 12)
    assert near(picture[50, 10], (128, 128, 128), 12)
    assert pictures.size(tmp_path / "a.jpg")[:2] == (80, 60)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "YCbCr"])
def test_every_mode_becomes_eight_bits_of_rgba(tmp_path, mode):
    gray = Image.new("L", (50, 40), 200)
    if mode in ("I;16", "I"):
        made = Image.fromarray(np.full((40, 50), 200 * 257, np.uint16 if mode == "I;16" else np.int32))
    else:
        made = (
            gray.convert("RGB").convert(mode)
            if mode in ("P", "CMYK", "YCbCr")
            else gray.convert(mode, dither=Image.Dither.NONE)
        )
    made.save(tmp_path / ("a.jpg" if mode == "YCbCr" else "a.tiff"))
    picture = pictures.load(next(tmp_path.glob("a.*")), longest=25)
    assert picture.shape == (20, 25, 4)
    assert near(picture[10, 10], (255,) * 3 if mode == "1" else (200,) * 3, 5)


def test_transparency_is_kept(tmp_path):
    made = Image.new("RGBA", (20, 20), (*RED, 0))
    made.paste((0, 0, 255, 128), (10, 0, 20, 20))
    made.save(tmp_path / "a.png")
    made.quantize(8).save(tmp_path / "p.png")
    for name in ("a.png", "p.png"):
        picture = pictures.load(tmp_path / name)
        assert picture[10, 2, 3] == 0
        assert tuple(picture[10, 15]) == (0, 0, 255, 128)


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
@pytest.mark.parametrize("size", [(1600, 900), (900, 1600), (3000, 10), (17, 13)])
def test_no_side_is_longer_than_asked(tmp_path, name, size):
    corner(*size).save(tmp_path / name)
    picture = pictures.load(tmp_path / name, longest=200)
    assert max(picture.shape[:2]) == min(200, max(size))
    assert abs(picture.shape[1] / picture.shape[0] / (size[0] / size[1]) - 1) < 0.25 or min(picture.shape[:2]) == 1


def test_another_color_space_becomes_srgb(tmp_path):
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    corner().save(tmp_path / "a.png", icc_profile=wide.tobytes())
    assert near(pictures.load(tmp_path / "a.png")[5, 5], RED, 2)
    corner().save(tmp_path / "b.png", icc_profile=b"not a profile")
    assert near(pictures.load(tmp_path / "b.png")[5, 5], RED, 2)


def bomb(width, height):
    """A tiny PNG that claims an enormous size."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")


def test_a_picture_that_is_too_large_is_refused_before_it_is_decoded(tmp_path):
    (tmp_path / "a.png").write_bytes(bomb(60_000, 60_000))
    (tmp_path / "b.png").write_bytes(bomb(20_000, 10_001))
    for name in ("a.png", "b.png"):
        with pytest.raises(BadMedia, match="200 million pixels"):
            pictures.load(tmp_path / name, longest=100)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.gif"])
def test_a_cut_off_picture_is_refused(tmp_path, name):
    noise = np.random.default_rng(0).integers(0, 255, (100, 100, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    for share in (0.1, 0.5, 0.9):
        (tmp_path / name).write_bytes(data[: int(len(data) * share)])
        with pytest.raises(BadMedia) as caught:
            pictures.load(tmp_path / name)
        assert caught.value.advice
