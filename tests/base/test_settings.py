"""A setting that makes no sense is told by its name."""

import pytest

from songreel.base.errors import BadRequest
from songreel.base.settings import settings


@pytest.mark.parametrize(("name", "value"), [("SONGREEL_WORKERS", "many"), ("SONGREEL_CACHE_GB", "-1")])
def test_nonsense_in_the_environment_is_told(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    settings.cache_clear()
    with pytest.raises(BadRequest, match=f"{name} is '{value}'"):
        settings()
    settings.cache_clear()
