"""What fonts cover, read from files that the test writes, and what happens on a machine without any."""

from __future__ import annotations

import struct

import pytest

from songreel.visuals import text_fonts
from songreel.visuals.text_fonts import Face


def font_file(path, subtables):
    """Write the parts of an OpenType file that carry its character map: (platform, encoding, table) each."""
    head = 4 + 8 * len(subtables)
    records, bodies = b"", b""
    for platform, encoding, body in subtables:
        records += struct.pack(">HHI", platform, encoding, head + len(bodies))
        bodies += body
    cmap = struct.pack(">HH", 0, len(subtables)) + records + bodies
    path.write_bytes(
        struct.pack(">4sHHHH", b"\0\1\0\0", 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, 28, len(cmap)) + cmap
    )
    return path


def segments(ranges):
    """Return a format 4 table of (first, last, delta) segments."""
    ranges = [*ranges, (0xFFFF, 0xFFFF, 1)]
    count = len(ranges)
    body = b"".join(struct.pack(">H", last) for _, last, _ in ranges) + b"\0\0"
    body += b"".join(struct.pack(">H", first) for first, _, _ in ranges)
    body += b"".join(struct.pack(">H", delta & 0xFFFF) for _, _, delta in ranges) + bytes(2 * count)
    return struct.pack(">HHHHHHH", 4, 14 + len(body), 0, 2 * count, 0, 0, 0) + body


def groups(ranges):
    """Return a format 12 table of (first, last, glyph) groups."""
    body = b"".join(struct.pack(">III", *group) for group in ranges)
    return struct.pack(">HHIII", 12, 0, 16 + len(body), 0, len(ranges)) + body


def test_segments_are_read_and_those_without_a_glyph_left_out(tmp_path):
    path = font_file(tmp_path / "a.ttf", [(3, 1, segments([(65, 70, -60), (100, 102, -100)]))])
    assert text_fonts.read_coverage(path).tolist() == [65, 66, 67, 68, 69, 70, 101, 102]


def test_groups_beyond_the_basic_plane_win_over_segments(tmp_path):
    tables = [(3, 1, segments([(65, 65, 0)])), (3, 10, groups([(65, 66, 1), (0x1F3A7, 0x1F3A8, 9)]))]
    path = font_file(tmp_path / "a.ttf", tables)
    assert text_fonts.read_coverage(path).tolist() == [65, 66, 0x1F3A7, 0x1F3A8]


def test_covering_a_text_means_all_of_its_characters(tmp_path):
    face = Face(str(font_file(tmp_path / "a.ttf", [(3, 1, segments([(97, 122, 0)]))])), "a")
    assert text_fonts.covers(face, "abz")
    assert not text_fonts.covers(face, "ab!")
    assert not text_fonts.covers(face, "\U0001f3a7")


@pytest.mark.parametrize("content", [b"", b"not a font at all, just words", b"\0\1\0\0\0\0" + bytes(30)])
def test_a_file_that_is_no_font_covers_nothing(tmp_path, content):
    path = tmp_path / "broken.ttf"
    path.write_bytes(content)
    assert not text_fonts.covers(Face(str(path), "broken"), "a")


def test_families_are_told_apart_by_their_files(tmp_path, monkeypatch):
    for name in ("Some Sans-Regular.ttf", "Some Sans-BoldItalic.ttf", "SomeSerif-Bold.otf", "TimesNewRoman.ttf"):
        (tmp_path / name).write_bytes(b"")
    monkeypatch.setattr(text_fonts, "FOLDERS", (tmp_path,))
    text_fonts.faces.cache_clear()
    try:
        assert list(text_fonts.faces()) == ["somesans", "someserif", "timesnewroman"]
        bold = text_fonts.find("somesans", bold=True, italic=False)
        plain = text_fonts.find("someserif", bold=False, italic=True)
        assert bold is not None
        assert bold.path.endswith("BoldItalic.ttf")
        assert plain is not None
        assert plain.slanted
        assert text_fonts.find("nowhere", bold=False, italic=False) is None
    finally:
        text_fonts.faces.cache_clear()
