"""Chunks into an animated GIF that loops: one palette of 256 colors for the whole picture, then dithering.

Two passes over the chunks keep memory flat: the first gathers colors, the second maps every frame to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
from av.codec.context import Flags
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from av.video.stream import VideoStream

from songreel.base.errors import BadMedia, BadRequest
from songreel.media import opening

Progress = Callable[[float], None]
_CENTISECONDS = Fraction(1, 100)


def join(chunks: Sequence[Path], part: Path, *, fps: Fraction, on_progress: Progress) -> None:
    """Write chunks as a GIF; its delays are hundredths of a second, so frames are rounded to those.

    Raises BadRequest for more frames than there are hundredths.
    """
    if fps * _CENTISECONDS > 1:
        raise BadRequest(f"a GIF cannot show {float(fps):g} frames a second", advice="Use --fps 50 or less.")
    palette = _palette(_pictures(chunks, fps, lambda share: on_progress(share / 2)), fps)
    pictures = _pictures(chunks, fps, lambda share: on_progress((1 + share) / 2))
    with opening.created(part, "gif", {"loop": "0"}) as container:
        stream: VideoStream | None = None
        for number, frame in enumerate(_mapped(pictures, fps, palette)):
            if stream is None:
                stream = container.add_stream("gif", rate=fps)
                context = stream.codec_context
                context.width, context.height, context.pix_fmt = frame.width, frame.height, "pal8"
                context.time_base = stream.time_base = _CENTISECONDS
                context.flags |= Flags.bitexact
            frame.pts, frame.time_base = round(number / fps / _CENTISECONDS), _CENTISECONDS
            container.mux(stream.encode(frame))
        if stream is not None:
            container.mux(stream.encode(None))


def _pictures(chunks: Sequence[Path], fps: Fraction, report: Progress) -> Iterator[VideoFrame]:
    reformatter, number = VideoReformatter(), 0
    for index, chunk in enumerate(chunks):
        with opening.opened(chunk) as container:
            for frame in container.decode(container.streams.video[0]):
                picture = reformatter.reformat(
                    frame,
                    format="rgb32",
                    src_colorspace=Colorspace.ITU709,
                    src_color_range=ColorRange.MPEG,
                    dst_color_range=ColorRange.JPEG,
                    threads=1,
                )
                picture.pts, picture.time_base = number, 1 / fps
                number += 1
                yield picture
        report((index + 1) / len(chunks))


def _source(graph: Graph, frame: VideoFrame, fps: Fraction) -> av.filter.context.FilterContext:
    return graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=1 / fps)


def _palette(pictures: Iterator[VideoFrame], fps: Fraction) -> VideoFrame:
    graph: Graph | None = None
    for frame in pictures:
        if graph is None:
            graph = Graph()
            graph.link_nodes(
                _source(graph, frame, fps), graph.add("palettegen", "stats_mode=diff"), graph.add("buffersink")
            ).configure()
        graph.vpush(frame)
    if graph is None:
        raise BadMedia("the chunks hold no picture", advice="Clear the cache, and render again.")
    graph.vpush(None)
    return graph.vpull()


def _mapped(pictures: Iterator[VideoFrame], fps: Fraction, palette: VideoFrame) -> Iterator[VideoFrame]:
    graph: Graph | None = None
    for frame in pictures:
        if graph is None:
            graph = Graph()
            use = graph.add("paletteuse", "dither=bayer:bayer_scale=3:diff_mode=rectangle")
            sink = graph.add("buffersink")
            _source(graph, frame, fps).link_to(use, 0, 0)
            _source(graph, palette, fps).link_to(use, 0, 1)
            use.link_to(sink)
            graph.configure()
            palette.pts = 0
            graph.vpush(palette, at=1)
            graph.vpush(None, at=1)
        graph.vpush(frame, at=0)
        yield from _ready(graph)
    if graph is not None:
        graph.vpush(None, at=0)
        yield from _ready(graph)


def _ready(graph: Graph) -> Iterator[VideoFrame]:
    while True:
        try:
            yield graph.vpull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
