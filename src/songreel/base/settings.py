"""What an operator can set, from the environment (``SONGREEL_…``)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, IPvAnyNetwork, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from songreel.base.errors import BadRequest


class Plan(BaseModel):
    """What users of one kind get: credits to begin with, and whether they may have files made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    credits: int = Field(default=100, ge=0)
    export: bool = True


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
    public_url: str | None = Field(
        default=None, description="The address that people reach the service at; without it that of each call."
    )
    trusted_proxies: Annotated[tuple[IPvAnyNetwork, ...], NoDecode] = Field(
        default=(),
        description="Networks (CIDR, commas between) of proxies whose X-Forwarded-For is believed.",
    )
    rate_per_token: float = Field(default=100, ge=0, description="Calls a second for one token; 0 is no limit.")
    burst_per_token: int = Field(default=1000, ge=1, description="Calls of one token at once.")
    rate_per_address: float = Field(default=300, ge=0, description="Calls a second from one address; 0 is no limit.")
    burst_per_address: int = Field(default=3000, ge=1, description="Calls from one address at once.")
    token_days: int = Field(default=7, ge=1, description="Days that an anonymous token lives.")
    tokens_per_client: int = Field(default=1, ge=0, description="Tokens that a client id may hold; 0 is no limit.")
    tokens_per_address: int = Field(
        default=10, ge=0, description="New clients from one address in the window; 0 is no limit."
    )
    token_window_days: int = Field(default=7, ge=1, description="Days over which tokens are counted.")
    claim_s: int = Field(default=604_800, ge=1, description="Seconds that a claim opens a project.")
    metering: bool = Field(default=False, description="Whether work costs credits; without it no balance falls.")
    price_generation: int = Field(default=100, ge=0, description="Credits for a first video.")
    price_edit: int = Field(default=50, ge=0, description="Credits for a change of a video.")
    price_export: int = Field(default=0, ge=0, description="Credits for a finished file.")
    plans: dict[str, Plan] = Field(
        default={"anonymous": Plan(), "member": Plan(credits=1000)},
        description="Kinds of users as JSON: credits to begin with, and whether they may export.",
    )

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="What the service logs, as JSON lines on its standard error."
    )
    shutdown_s: int = Field(default=30, ge=0, description="Seconds that running calls get when the service ends.")

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given

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
