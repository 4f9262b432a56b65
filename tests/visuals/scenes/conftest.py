from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from songreel.visuals import catalog
from songreel.visuals.isf.host import Host, Moment
from songreel.visuals.shader import Shader, Value

Show = Callable[..., NDArray[np.float64]]


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    with Host() as opened:
        yield opened


@pytest.fixture
def show(host: Host) -> Show:
    """Draw a moment of a scene by a fresh instance; RGB, 0…1."""

    def once(
        shader: Shader,
        inputs: Mapping[str, Value],
        *,
        time: float = 31.0,
        size: tuple[int, int] = (64, 36),
        pictures: Mapping[str, NDArray[np.uint8]] | None = None,
    ) -> NDArray[np.float64]:
        instance = host.instance(shader, *size)
        picture = host.read(instance.draw(Moment(time, 1 / 30, round(time * 30)), inputs, pictures))
        instance.close()
        return picture[..., :3].astype(np.float64) / 255

    return once


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "scene" in metafunc.fixturenames:
        metafunc.parametrize("scene", list(catalog.scenes().values()), ids=list(catalog.scenes()))
