import pytest
import world

from songreel.media.store import Cache


@pytest.fixture(scope="session")
def assets(tmp_path_factory):
    return world.assets(tmp_path_factory.mktemp("assets"))


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache", 1 << 30)
