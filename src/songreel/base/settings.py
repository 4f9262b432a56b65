"""What an operator can set, from the environment (``SONGREEL_…``)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from songreel.base.errors import BadRequest


class Settings(BaseSettings):
    """The settings of this process."""

    model_config = SettingsConfigDict(env_prefix="SONGREEL_", frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=lambda: user_data_path("songreel"),
        description="Where projects of the service are kept.",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("songreel"),
        description="What can be made again: analyses, prepared pictures, finished chunks.",
    )
    cache_gb: float = Field(default=20.0, gt=0, description="How large the cache may grow, in gigabytes.")
    storage_url: str = Field(
        default="",
        description="Where the service keeps files: file:///folder or s3://bucket/prefix; empty is in its home.",
    )
    workers: int = Field(default=0, ge=0, le=256, description="Render processes; 0 is one for each core.")
    model: str | None = Field(
        default=None,
        description="A language model as director: provider:name, such as anthropic:… or ollama:…; none without it.",
    )
    model_url: str | None = Field(default=None, description="A server that speaks OpenAI's chat protocol.")
    model_key: SecretStr | None = Field(default=None, description="The key for that server.")
    model_timeout_s: float = Field(default=60, gt=0, description="Seconds for a message; then the rules do it.")

    database_url: SecretStr | None = Field(
        default=None,
        description="postgresql://… for several machines; without it a SQLite file under SONGREEL_HOME.",
    )
    secret: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="The key of signed links, the same on every machine; without it one is kept under SONGREEL_HOME.",
    )

    def database(self) -> str:
        """Return the address of the database."""
        return self.database_url.get_secret_value() if self.database_url else f"sqlite:///{self.home}/songreel.db"

    def worker_count(self) -> int:
        """Return how many render processes to use: as set, or one for each core that we may run on."""
        return self.workers or len(os.sched_getaffinity(0))


@cache
def settings() -> Settings:
    """Return the settings, read once; raises BadRequest when the environment holds one that makes no sense."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = f"SONGREEL_{wrong['loc'][0]}".upper()
        raise BadRequest(f"{name} is {wrong['input']!r}, which makes no sense", advice=f"{wrong['msg']}.") from error
