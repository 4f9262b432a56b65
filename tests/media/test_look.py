"""Looking finds what a person would: the bright thing, the colors, the cuts, the moments worth showing."""

from fractions import Fraction

import cv2
import numpy as np
import pytest
from PIL import Image

from made import click, write_song
from songreel.base.errors import BadRequest
from songreel.media import colors, look, probe, saliency, thumbnails
from songreel.media.encode import Encoder
from songreel.model.preset import Encoding
from songreel.model.timeline import Canvas
from songreel.visuals import pixels

WIDTH, HEIGHT = 320, 180
FPS = 25


def texture(seed, low=20, high=235):
    """Detail at all scales, as in a photograph: a spectrum that falls as 1/f."""
    rng = np.random.default_rng(seed)
    across = np.hypot(np.fft.fftfreq(HEIGHT + 60)[:, None], np.fft.fftfreq(WIDTH + 400)[None])
    across[0, 0] = 1
    layers = [np.real(np.fft.ifft2(np.fft.fft2(rng.normal(size=across.shape)) / across)) for _ in range(3)]
    return np.dstack([cv2.normalize(layer, None, low, high, cv2.NORM_MINMAX) for layer in layers]).astype(np.uint8)


def film(path, stretches):
    """Write stretches of (seconds, function of the frame's number → RGB)."""
    with Encoder(path, Canvas(width=WIDTH, height=HEIGHT, fps=Fraction(FPS)), Encoding(quality=14)) as encoder:
        for seconds, draw in stretches:
            for number in range(int(seconds * FPS)):
                encoder.write(pixels.from_rgb(np.ascontiguousarray(draw(number)), WIDTH, HEIGHT))
    return path


def pan(picture, speed=2):
    return lambda number: picture[20 : 20 + HEIGHT, speed * number : speed * number + WIDTH]


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    one, two = texture(1), texture(2, 60, 180)
    blurred = cv2.GaussianBlur(texture(3), (0, 0), 12)
    path = film(
        tmp_path_factory.mktemp("look") / "a.mkv",
        [
            (3, pan(one)),
            (3, pan(two)),
            (2, lambda _: np.zeros((HEIGHT, WIDTH, 3), np.uint8)),
            (2, pan(blurred)),
            (2, pan(one, 0)),
        ],
    )
    return look.material(path, probe.footage(path))


def at(material, time):
    return next(shot for shot in material.shots if shot.start <= time < shot.end)


def test_cuts_part_shots(seen):
    starts = [shot.start for shot in seen.shots]
    for cut in (3, 6, 8, 10):
        assert min(abs(start - cut) for start in starts) <= 0.2
    assert len(seen.shots) <= 7
    for before, after in zip(seen.shots, seen.shots[1:], strict=False):
        assert before.end <= after.start


def test_no_shot_reaches_over_a_cut(seen):
    assert not any(shot.start < cut - 0.01 < cut + 0.01 < shot.end for shot in seen.shots for cut in (3, 6))


@pytest.mark.parametrize("frames", [91, 92, 93, 94])
def test_no_frame_of_the_next_shot_ends_a_shot_wherever_the_cut_is(tmp_path, frames):
    cut = frames / FPS
    path = film(tmp_path / "a.mkv", [(cut + 0.5 / FPS, pan(texture(1))), (3, pan(texture(2, 60, 180)))])
    first, second = look.material(path, probe.footage(path)).shots[:2]
    assert cut - 0.15 <= first.end <= cut <= second.start <= cut + 0.15


def test_black_blurred_and_frozen_stretches_are_worth_nothing(seen):
    assert at(seen, 1.5).score > 0.5
    assert at(seen, 4.5).score > 0.4
    for unusable in (7, 9, 11.5):
        assert at(seen, unusable).score < 0.1
    assert at(seen, 7).exposure < 0.1
    assert at(seen, 9).sharpness < 0.15
    assert at(seen, 11.5).motion < 0.05


def test_looking_twice_sees_the_same(tmp_path):
    path = film(tmp_path / "a.mkv", [(1, pan(texture(5)))])
    asset = probe.footage(path)
    assert look.material(path, asset) == look.material(path, asset)


@pytest.mark.parametrize(("x", "y"), [(0.2, 0.3), (0.75, 0.7), (0.5, 0.5)])
def test_what_stands_out_is_where_to_look(tmp_path, x, y):
    picture = (texture(7, 90, 130)[:HEIGHT, :WIDTH]).copy()
    cv2.circle(picture, (int(x * WIDTH), int(y * HEIGHT)), 14, (250, 60, 40), -1)
    Image.fromarray(picture).save(tmp_path / "a.png")
    found = look.material(tmp_path / "a.png", probe.photo(tmp_path / "a.png"))
    assert abs(found.x - x) < 0.17
    assert abs(found.y - y) < 0.17
    assert (found.width, found.height, found.shots) == (WIDTH, HEIGHT, ())


def test_a_flat_picture_is_looked_at_in_its_middle():
    assert saliency.focus(np.full((90, 160, 3), 100, np.uint8)) == (0.5, 0.5)


def test_a_moving_subject_is_followed_shot_by_shot(tmp_path):
    ground = texture(9, 100, 130)[:HEIGHT, :WIDTH]

    def subject(x):
        def draw(number):
            picture = ground.copy()
            cv2.circle(picture, (int(x * WIDTH) + number % 5, HEIGHT // 2), 16, (240, 220, 60), -1)
            return picture

        return draw

    path = film(tmp_path / "a.mkv", [(2, subject(0.25)), (2, pan(texture(1))), (2, subject(0.75))])
    found = look.material(path, probe.footage(path))
    assert at(found, 1).x < 0.42
    assert at(found, 5).x > 0.58


def test_main_colors_go_from_dark_to_light():
    bands = ["#101820", "#803020", "#2060c0", "#e0b040", "#f8f8f0"]
    picture = np.zeros((100, 100, 3), np.uint8)
    for row, color in enumerate(bands):
        picture[row * 20 : row * 20 + 20] = pixels.color_to_rgb(color)
    found = np.array([pixels.color_to_rgb(color) for color in colors.main_colors(picture)], int)
    luma = found @ [0.2126, 0.7152, 0.0722]
    assert np.all(np.diff(luma) > 0)
    for color in bands:
        assert np.abs(found - pixels.color_to_rgb(color)).sum(axis=1).min() < 40


def test_transparent_pixels_have_no_color_and_few_colors_are_repeated():
    picture = np.zeros((50, 50, 4), np.uint8)
    picture[:, 25:] = (200, 100, 50, 255)
    assert colors.main_colors(picture) == ("#c86432",) * 5
    assert len(colors.main_colors(np.zeros((10, 10, 4), np.uint8))) == 5


def test_a_song_is_nothing_to_look_at(tmp_path):
    path = write_song(tmp_path / "a.wav", click())
    with pytest.raises(BadRequest):
        look.material(path, probe.song(path))


def test_a_contact_sheet_shows_the_film_in_order(tmp_path):
    shades = [(0, 0, 0), (90, 90, 90), (170, 170, 170), (250, 250, 250)]
    flats = [(1, lambda _, shade=shade: np.full((HEIGHT, WIDTH, 3), shade, np.uint8)) for shade in shades]
    path = film(tmp_path / "a.mkv", flats)
    thumbnails.contact_sheet(path, tmp_path / "sheet.png", columns=2, rows=2)
    sheet = np.asarray(Image.open(tmp_path / "sheet.png").convert("L"), int)
    height, width = sheet.shape
    tiles = [sheet[int(height * y), int(width * x)] for y in (0.25, 0.75) for x in (0.25, 0.75)]
    assert np.abs(np.array(tiles) - [shade[0] for shade in shades]).max() < 6
    moments = [Fraction(7, 2), Fraction(1, 2), Fraction(24, 25), Fraction(1)]
    found = [int(picture.mean()) for picture in thumbnails.frames(path, moments)]
    assert np.abs(np.array(found) - [250, 0, 0, 90]).max() < 6


@pytest.mark.parametrize(
    ("moment", "told"), [(Fraction(0), "0:00.0"), (Fraction(129, 2), "1:04.5"), (Fraction(5996, 100), "1:00.0")]
)
def test_a_moment_on_a_contact_sheet_has_no_sixtieth_second(moment, told):
    assert thumbnails.clock(moment) == told
