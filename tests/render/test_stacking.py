"""Laws of words that share a place."""

from hypothesis import given
from hypothesis import strategies as st

from songreel.base.time import Span
from songreel.render.stacking import Block, stacked

POSITIONS = ("center", "top", "bottom", "left", "top-right", "bottom-left")
PLACES = {"top": 40, "bottom": 900, "center": 500}


@st.composite
def blocks(draw):
    start, length = draw(st.integers(0, 50)), draw(st.integers(1, 40))
    position, height = draw(st.sampled_from(POSITIONS)), 2 * draw(st.integers(5, 60))
    home = PLACES.get(position.split("-")[0], 500)
    y = home if home == 40 else home - height if home == 900 else home - height // 2
    return Block(Span(start, start + length), position, y // 2 * 2, height)


def meet(one, other):
    return one.position == other.position and len(one.span.meet(other.span)) > 0


@given(st.lists(blocks(), max_size=5))
def test_what_is_shown_together_never_covers_one_another(found):
    rows = [block.y + move for block, move in zip(found, stacked(found), strict=True)]
    for one, (block, y) in enumerate(zip(found, rows, strict=True)):
        for other in range(one + 1, len(found)):
            if meet(block, found[other]):
                assert y + block.height <= rows[other]


@given(st.lists(blocks(), max_size=5))
def test_words_alone_stay_where_they_are(found):
    for index, (block, move) in enumerate(zip(found, stacked(found), strict=True)):
        assert move % 2 == 0
        if not any(meet(block, other) for n, other in enumerate(found) if n != index):
            assert move == 0


def test_a_stack_keeps_to_its_edge():
    span = Span(0, 10)
    assert stacked([Block(span, "top", 40, 100), Block(span, "top", 40, 60)]) == (0, 152)
    assert stacked([Block(span, "bottom", 900, 100), Block(span, "bottom", 940, 60)]) == (-112, 0)
    assert stacked([Block(span, "center", 490, 100), Block(span, "center", 510, 60)]) == (-56, 76)
