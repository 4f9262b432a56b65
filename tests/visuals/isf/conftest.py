from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from songreel.visuals.isf import parse
from songreel.visuals.isf.host import Host, Moment

Draw = Callable[..., NDArray[np.uint8]]
NOON = Moment(1.0, 0.04, 25)


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    with Host() as opened:
        yield opened


@pytest.fixture
def draw(host: Host) -> Draw:
    """Draw the text of a shader once and return its picture."""

    def once(
        text: str,
        *,
        size: tuple[int, int] = (8, 4),
        moment: Moment = NOON,
        inputs: Mapping[str, object] | None = None,
        pictures: Mapping[str, object] | None = None,
    ) -> NDArray[np.uint8]:
        instance = host.instance(parse.parse(text, name="test"), *size)
        picture = host.read(instance.draw(moment, inputs, pictures))
        instance.close()
        return picture

    return once
