"""Media that somebody broke on purpose; the same number always gives the same bytes.

Bits flipped, ends cut off, heads swapped, sizes and counts grown, pieces repeated, and lists of other files.
"""

from __future__ import annotations

import random
import struct
import zlib

import numpy as np
from PIL import Image
from tests.media.made import write_clip, write_song

SOUND = np.random.default_rng(2).uniform(-0.5, 0.5, (2, 12_000)).astype(np.float32)
_LISTS = (
    "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{path}\n#EXT-X-ENDLIST\n",
    '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="b",URI="{path}"\n#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\n{path}\n',
    '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="file://{path}"\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n',
    "ffconcat version 1.0\nfile '{path}'\nduration 1\nfile 'http://127.0.0.1:9/x'\n",
    "ffconcat version 1.0\nfile 'subfile,,start,0,end,99,,:{path}'\n",
    "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><AdaptationSet mimeType="video/mp4">'
    "<Representation id='1' bandwidth='1'><BaseURL>file://{path}</BaseURL></Representation></AdaptationSet></Period></MPD>",
    "[playlist]\nFile1=file://{path}\nNumberOfEntries=1\n",
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"><image x:href="file://{path}"/></svg>',
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file://{path}'>]><a>&b;</a>",
    "{path}",
    "concat:{path}|{path}",
)


def whole(folder):
    """Whole files of each kind, by name."""
    found = {}
    for name in ("a.wav", "a.flac", "a.mp3", "a.m4a", "a.aac", "a.webm"):
        found[name] = write_song(folder / name, SOUND).read_bytes()
    for name, container in (("b.mp4", "mp4"), ("b.mkv", "matroska"), ("b.avi", "avi"), ("b.mov", "mov")):
        found[name] = write_clip(
            folder / name, range(0, 480, 40), container=container, codec="mpeg4", rate=25
        ).read_bytes()
    picture = Image.effect_noise((80, 60), 90).convert("RGB")
    for name in ("c.png", "c.jpg", "c.webp", "c.gif"):
        picture.save(folder / name)
        found[name] = (folder / name).read_bytes()
    frames = [picture.rotate(90 * turn) for turn in range(3)]
    frames[0].save(folder / "d.gif", save_all=True, append_images=frames[1:], duration=40)
    found["d.gif"] = (folder / "d.gif").read_bytes()
    return found


def mutated(files, number, secret):
    """Return (name, bytes) of the broken file of a number; lists name the file ``secret``."""
    chance = random.Random(number)
    name = chance.choice(sorted(files))
    ways = (_flipped, _cut, _headless, _swapped, _grown, _doubled, _holed, _listed)
    return name, ways[number % len(ways)](files, name, chance, secret)


def _flipped(files, name, chance, _):
    hurt = bytearray(files[name])
    for _ in range(chance.choice([1, 8, 64, 512])):
        hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
    return bytes(hurt)


def _cut(files, name, chance, _):
    return files[name][: chance.randrange(len(files[name]))]


def _headless(files, name, chance, _):
    return files[name][chance.randrange(1, min(len(files[name]), 400)) :]


def _swapped(files, name, chance, _):
    """The head of one file before the body of another."""
    other = files[chance.choice(sorted(files))]
    at = chance.choice([4, 12, 32, 64, 200])
    return other[:at] + files[name][at:]


def _grown(files, name, chance, _):
    """Sizes, counts and lengths in the head become the largest that there are."""
    hurt = bytearray(files[name])
    if name == "c.png":
        hurt[16:24] = struct.pack(">II", *chance.choice([((1 << 31) - 1, 1), (65_535, 65_535), (1, 1 << 30), (0, 0)]))
        hurt[29:33] = struct.pack(">I", zlib.crc32(bytes(hurt[12:29])))
        return bytes(hurt)
    for _ in range(chance.choice([1, 2, 4])):
        at = chance.randrange(4, min(len(hurt), 600) - 4)
        width = chance.choice([1, 2, 4])
        hurt[at : at + width] = chance.choice([b"\xff", b"\x7f", b"\0"]) * width
    return bytes(hurt)


def _doubled(files, name, chance, _):
    """A piece of a file again and again."""
    whole = files[name]
    start = chance.randrange(len(whole))
    piece = whole[start : start + chance.randrange(1, 400)]
    return whole[:start] + piece * chance.choice([2, 50, 2000]) + whole[start:]


def _holed(files, name, chance, _):
    whole = files[name]
    start = chance.randrange(len(whole))
    return whole[:start] + bytes(chance.choice([1, 100, 5000])) + whole[start + chance.randrange(300) :]


def _listed(files, name, chance, secret):
    """A list of other files, alone or behind the head of a whole one."""
    text = chance.choice(_LISTS).format(path=secret).encode()
    return text if chance.random() < 0.7 else files[name][: chance.choice([8, 64])] + text
