"""What is painted: transitions end on the picture that comes in, feedback is the same from wherever it is reached."""

from fractions import Fraction

import av
import numpy as np
import pytest
import world

from songreel.model.timeline import (
    Effect,
    FootageSource,
    Framing,
    Grade,
    PhotoSource,
    PictureSource,
    Place,
    Transition,
    VisualizerSource,
)
from songreel.render.compose import Painter
from songreel.render.evaluate import evaluate
from songreel.visuals import catalog, pixels, visualizers

FOOTAGE = "c" * 32


def painted(prepared, frames):
    with Painter(prepared) as painter:
        return {frame: painter.paint(evaluate(prepared, frame)).copy() for frame in frames}


def distance(a, b):
    return float(np.abs(a.astype(int) - b).mean())


@pytest.mark.parametrize("name", [*catalog.transitions(), "cut"])
def test_a_transition_begins_at_the_one_and_ends_at_the_other(assets, tmp_path, name):
    def clips(frames):
        return [
            world.clip("a", 0, 10, PhotoSource(asset=world.PHOTO)),
            world.clip("b", 10, 80, PhotoSource(asset=world.TALL), transition=Transition(name=name, frames=frames)),
        ]

    moving = painted(world.prepared(world.timeline(clips(40)), assets, tmp_path), [9, 10, 49, 50])
    still = painted(world.prepared(world.timeline(clips(0)), assets, tmp_path), [9, 10])
    assert np.array_equal(moving[9], still[9])
    assert np.array_equal(moving[50], still[10])
    if name != "cut":
        assert distance(moving[10], still[9]) < distance(moving[10], still[10])
    assert distance(moving[49], still[10]) < distance(moving[49], still[9])


@pytest.mark.parametrize("effects", [(), (Effect(name="vignette"),)])
def test_feedback_is_the_same_however_a_frame_is_reached(assets, tmp_path, effects):
    clips = [
        world.clip("a", 0, 6, PhotoSource(asset=world.PHOTO)),
        world.clip("b", 6, 40, world.scene(f"asset:{world.FEEDBACK}"), effects=effects),
    ]
    prepared = world.prepared(world.timeline(clips), assets, tmp_path)
    in_order = painted(prepared, range(4, 40))
    jumping = painted(prepared, [30, 12, 13, 39, 6])
    assert all(np.array_equal(in_order[frame], picture) for frame, picture in jumping.items())
    assert distance(in_order[30], in_order[12]) > 5


@pytest.mark.parametrize("name", list(catalog.effects()))
def test_effects_draw_on_scenes_and_photos_alike(assets, tmp_path, name):
    effects = (Effect(name="vignette", amount=0.2), Effect(name=name, amount=0.8))
    clips = [
        world.clip("a", 0, 5, world.scene(), effects=effects),
        world.clip("b", 5, 10, PhotoSource(asset=world.PHOTO), effects=effects),
    ]
    frames = painted(world.prepared(world.timeline(clips), assets, tmp_path), [2, 7])
    assert all(np.std(pixels.planes(frame)[0]) > 4 for frame in frames.values())


def test_two_layers_of_one_scene_do_not_draw_over_each_other(assets, tmp_path):
    clips = [
        world.clip("a", 0, 10, world.scene(f"asset:{world.SOLID}", seed=1)),
        world.clip(
            "b", 10, 30, world.scene(f"asset:{world.SOLID}", seed=2), transition=Transition(name="slide", frames=9)
        ),
    ]
    frames = painted(world.prepared(world.timeline(clips), assets, tmp_path), [9, 14, 25])
    color = {frame: pixels.to_rgb(picture)[40].astype(int) for frame, picture in frames.items()}
    assert distance(color[9], color[25]) > 20
    assert distance(color[14][10], color[9][10]) <= 2
    assert distance(color[14][150], color[25][150]) <= 2


def test_a_shot_is_drawn_in_its_own_palette(assets, tmp_path):
    other = ("#000000", "#003300", "#00ff00", "#00ff00", "#eeffee")
    shots = [world.clip("a", 0, 10, world.scene()), world.clip("b", 10, 20, world.scene())]
    plain = world.timeline(shots, visualizer=[world.bars()])
    parted = world.timeline([shots[0], shots[1].evolve(palette=other)], visualizer=[world.bars()])
    whole = plain.evolve(palette=other)
    pictures = [painted(world.prepared(each, assets, tmp_path), [5, 15]) for each in (plain, parted, whole)]
    usual, mixed, green = pictures
    assert (mixed[5] == usual[5]).all()
    assert (mixed[15] == green[15]).all()
    assert distance(usual[15], mixed[15]) > 3


def test_a_visualizer_in_a_color_of_the_video_takes_that_of_the_shot(assets, tmp_path):
    other = ("#000000", "#003300", "#00ff00", "#00ee00", "#eeffee")
    bars = world.bars()
    drawn = bars.evolve(source=bars.source.evolve(color=world.PALETTE[3]))
    for shown, expected in ((drawn, other[3]), (bars, "#ffffff")):
        shots = [world.clip("a", 0, 10, world.scene()), world.clip("b", 10, 20, world.scene(), palette=other)]
        prepared = world.prepared(world.timeline(shots, visualizer=[shown]), assets, tmp_path)
        colors = [evaluate(prepared, frame).visualizers[0].source.color for frame in (5, 15)]
        assert colors == [shown.source.color, expected]


def test_a_grade_of_a_clip_and_one_of_the_video_both_count(assets, tmp_path):
    photo = PhotoSource(asset=world.PHOTO)
    clips = [world.clip("a", 0, 10, photo), world.clip("b", 10, 20, photo, grade=Grade(saturation=0))]
    timeline = world.timeline(clips).evolve(grade=Grade(brightness=0.4))
    graded = painted(world.prepared(timeline, assets, tmp_path), [5, 15])
    plain = painted(world.prepared(world.timeline(clips[:1]), assets, tmp_path), [5])
    assert pixels.planes(graded[5])[0].mean() > pixels.planes(plain[5])[0].mean() + 5
    assert (pixels.planes(graded[15])[1] == 128).all()
    assert not (pixels.planes(graded[5])[1] == 128).all()


def test_a_photo_with_blurred_sides_is_shown_whole_and_upright(assets, tmp_path):
    clips = [world.clip("a", 0, 10, PhotoSource(asset=world.TALL, fit="blurred"))]
    (frame,) = painted(world.prepared(world.timeline(clips), assets, tmp_path), [0]).values()
    luma = pixels.planes(frame)[0]
    # 150 × 300 stands 45 pixels wide in 160 × 90; its checks are sharp there, and nothing is beside it.
    inside, beside = luma[:, 60:100], luma[:, 5:45]
    assert np.abs(np.diff(inside.astype(int), axis=1)).max() > 3 * np.abs(np.diff(beside.astype(int), axis=1)).max()
    assert inside.mean() > beside.mean()


def test_a_blurred_photo_is_smooth(assets, tmp_path):
    def picture(effects):
        clips = [world.clip("a", 0, 10, PhotoSource(asset=world.PHOTO, finish=Framing(zoom=1.1)), effects=effects)]
        timeline = world.timeline(clips, width=640, height=360)
        return painted(world.prepared(timeline, assets, tmp_path), [5])[5]

    sharp, soft = picture(()), picture((Effect(name="blur", amount=1),))
    gradient = [np.abs(np.diff(pixels.planes(frame)[0].astype(int), axis=1)).max() for frame in (sharp, soft)]
    assert gradient[1] < gradient[0] / 4
    assert pixels.planes(soft)[0].mean() == pytest.approx(pixels.planes(sharp)[0].mean(), abs=3)


def test_an_overlay_lies_in_its_place(assets, tmp_path):
    place = Place(x=0.75, y=0, width=0.25, height=0.5)
    logo = world.clip("logo", 0, 10, PictureSource(asset=world.TALL, place=place))
    base = [world.clip("a", 0, 20, PhotoSource(asset=world.PHOTO))]
    prepared = world.prepared(world.timeline(base, overlay=[logo]), assets, tmp_path)
    frames = painted(prepared, [5, 15])
    differ = np.argwhere(pixels.to_rgb(frames[5]).astype(int) - pixels.to_rgb(frames[15]))
    (top, left), (bottom, right) = differ[:, :2].min(axis=0), differ[:, :2].max(axis=0)
    assert left >= 0.75 * 160 - 2
    assert bottom <= 0.5 * 90 + 2
    assert bottom - top > 40
    assert right <= 160


@pytest.fixture
def clip_file(tmp_path):
    """A clip whose picture grows brighter with each frame."""
    path = tmp_path / "ramp.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"crf": "10"})
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        for index in range(20):
            picture = np.full((96, 128, 3), 20 + 10 * index, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("fit", ["cover", "blurred"])
def test_footage_plays_from_its_moment_and_holds_its_last_frame(assets, tmp_path, clip_file, fit):
    source = FootageSource(asset=FOOTAGE, at=Fraction(1, 2), fit=fit)
    clips = [
        world.clip("a", 0, 30, source),
        world.clip("b", 30, 40, PhotoSource(asset=world.PHOTO), transition=Transition(name="dissolve", frames=5)),
    ]
    prepared = world.prepared(world.timeline(clips), assets | {FOOTAGE: clip_file}, tmp_path)
    frames = painted(prepared, [0, 5, 14, 20, 29, 31])
    middle = {frame: pixels.to_rgb(picture)[45, 80].mean() for frame, picture in frames.items()}
    assert [middle[frame] for frame in (0, 5, 14)] == pytest.approx([70, 120, 210], abs=8)
    assert middle[20] == middle[29] == pytest.approx(210, abs=8)


def test_the_cover_is_painted_round_within_its_bars(assets, tmp_path):
    around = VisualizerSource(
        design="cover-bars", place=Place(x=0.1, y=0.1, width=0.8, height=0.8), color="#ffffff", picture=world.PHOTO
    )

    def shown(*over):
        made = world.timeline([world.clip("a", 0, 5, world.scene())], visualizer=over)
        return pixels.to_rgb(painted(world.prepared(made, assets, tmp_path), [2])[2]).astype(int)

    box = visualizers.hole(around, 160, 90)
    bars = shown(world.clip("v", 0, 5, around))
    empty = shown(world.clip("v", 0, 5, around.evolve(picture=None)))
    changed = np.abs(bars - empty).max(axis=2) > 24
    disc = changed[box.y : box.y + box.height, box.x : box.x + box.width]
    y, x = np.indices(disc.shape) - (box.width - 1) / 2
    assert disc[np.hypot(y, x) < box.width / 2 - 4].mean() > 0.8
    assert not disc[np.hypot(y, x) > box.width / 2 + 2].any()
    assert changed.sum() < 1.05 * disc.sum()
