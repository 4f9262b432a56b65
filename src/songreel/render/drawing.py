"""What a worker process does: draw the frames of a chunk and encode them as they come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2

from songreel.base.time import Span
from songreel.media.encode import Encoder
from songreel.model.preset import Encoding
from songreel.render.compose import Painter
from songreel.render.evaluate import evaluate
from songreel.render.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Order:
    """What all chunks of a film have in common."""

    prepared: Prepared
    encoding: Encoding


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some frames, and the file that they go into."""

    span: Span
    file: Path

    def __str__(self) -> str:
        return f"frames {self.span.start}…{self.span.end - 1}"


def open_shop(order: Order) -> Callable[[Chunk], None]:
    """Return what draws one chunk after another with one painter."""
    cv2.setNumThreads(1)
    painter = Painter(order.prepared)

    def draw(chunk: Chunk) -> None:
        with Encoder(chunk.file, order.prepared.timeline.canvas, order.encoding) as encoder:
            for frame in range(chunk.span.start, chunk.span.end):
                encoder.write(painter.paint(evaluate(order.prepared, frame)))
        painter.rest()

    return draw
