"""Events come out the same wherever the blocks end."""

import itertools
import json

from hypothesis import given
from hypothesis import strategies as st

from songreel.client.sse import Decoder, Event

STREAM = (
    "\ufeff: keep-alive\n\ndata:\n\n"
    'data: {"text":"加标题 “夜航” 🎬"}\n\n'
    "event: heartbeat\ndata:\n\n"
    'data: {"a":\r\ndata:  1}\r\n\r\nid: 7\nretry: 5\ndata: end\n\ndata: [DONE]'
).encode()


def read(blocks):
    decoder = Decoder()
    events = [event for block in blocks for event in decoder.feed(block)]
    return [*events, *decoder.finish()]


def test_what_a_stream_holds():
    said = [event for event in read([STREAM]) if not event.heartbeat]
    assert [event.json() for event in said] == [{"text": "加标题 “夜航” 🎬"}, {"a": 1}, None, None]
    assert sum(event.heartbeat for event in read([STREAM])) == 3


@given(st.lists(st.integers(0, len(STREAM)), max_size=30))
def test_the_borders_of_blocks_do_not_matter(cuts):
    ends = [0, *sorted(cuts), len(STREAM)]
    blocks = [STREAM[start:end] for start, end in itertools.pairwise(ends)]
    assert read(blocks) == read([STREAM])


@given(
    st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])), max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_is_sent_arrives_with_any_line_end(texts, end):
    lines = "".join(f"data: {json.dumps({'t': text})}{end}{end}" for text in texts)
    assert [event.json()["t"] for event in read([lines.encode()])] == texts


def test_an_event_that_breaks_off_is_no_json():
    assert read([b'data: {"content": {"parts"']) == [Event('{"content": {"parts"')]
    assert read([b'data: {"content": {"parts"'])[0].json() is None
