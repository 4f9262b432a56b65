"""What an operator can set: in the environment (``SONGREEL_…``), or in a file that SONGREEL_SETTINGS names.

A file is TOML with the names in small letters (``workers = 2``), or lines as an environment has them
(``SONGREEL_WORKERS=2``) where its name ends in .env. The environment overrules the file.
"""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from platformdirs import user_cache_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, IPvAnyNetwork, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from songreel.base.errors import BadRequest

FILE_VARIABLE = "SONGREEL_SETTINGS"
_PREFIX = "SONGREEL_"
# What defaults are on Linux, without whose home it is.
_SHOWN = {"home": "~/.local/share/songreel", "cache": "~/.cache/songreel"}


class Plan(BaseModel):
    """What users of one kind get: credits to begin with, and whether they may have files made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    credits: int = Field(default=100, ge=0)
    export: bool = True


class Settings(BaseSettings):
    """The settings of this process."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="forbid")

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
    rate_per_token: float = Field(default=300, ge=0, description="Calls a second for one token; 0 is no limit.")
    burst_per_token: int = Field(default=3000, ge=1, description="Calls of one token at once.")
    rate_per_address: float = Field(default=1000, ge=0, description="Calls a second from one address; 0 is no limit.")
    burst_per_address: int = Field(default=10_000, ge=1, description="Calls from one address at once.")
    token_days: int = Field(default=7, ge=1, description="Days that an anonymous token lives.")
    tokens_per_client: int = Field(default=1, ge=0, description="Tokens that a client id may hold; 0 is no limit.")
    tokens_per_address: int = Field(
        default=10, ge=0, description="New clients from one address in the window; 0 is no limit."
    )
    token_window_days: int = Field(default=7, ge=1, description="Days over which tokens are counted.")
    upload_mb: int = Field(default=500, ge=1, description="The largest file that is taken, in megabytes.")
    upload_total_mb: int = Field(default=2000, ge=1, description="The most that one upload brings, in megabytes.")
    upload_files: int = Field(default=20, ge=1, description="The most files that one upload brings.")
    upload_daily_mb: int = Field(
        default=20_000, ge=0, description="Megabytes that one user uploads in a day; 0 is no limit."
    )
    fetch_networks: Annotated[tuple[IPvAnyNetwork, ...], NoDecode] = Field(
        default=(),
        description="Networks (CIDR, commas between) beyond the public internet that files are fetched from by URL.",
    )
    link_hours: int = Field(default=24, ge=1, description="Hours that a link to a file opens it.")
    keep_uploads_days: int = Field(
        default=0, ge=0, description="Days that uploads and idle projects are kept; 0 is for ever."
    )
    keep_renders_days: int = Field(default=30, ge=0, description="Days that finished videos are kept; 0 is for ever.")
    claim_s: int = Field(default=604_800, ge=1, description="Seconds that a claim opens a project.")
    metering: bool = Field(default=False, description="Whether work costs credits; without it no balance falls.")
    price_generation: int = Field(default=100, ge=0, description="Credits for a first video.")
    price_edit: int = Field(default=50, ge=0, description="Credits for a change of a video.")
    price_export: int = Field(default=0, ge=0, description="Credits for a finished file.")
    plans: Annotated[dict[str, Plan], NoDecode] = Field(
        default={"anonymous": Plan(), "member": Plan(credits=1000)},
        description="Kinds of users as JSON: credits to begin with, and whether they may export.",
    )

    renders_each: int = Field(default=2, ge=1, description="Renders of one user that run at once; others wait.")
    serve_works: bool = Field(
        default=True, description="Whether the server renders too; without it, songreel worker does, and it only talks."
    )
    poll_s: float = Field(default=0.2, ge=0.05, le=30, description="Seconds between looks for work; see docs/scale.md.")
    keep_jobs_days: int = Field(default=30, ge=1, description="Days that ended jobs, and words in them, are kept.")
    keep_chunks_days: int = Field(default=7, ge=1, description="Days that chunks and orders are kept.")

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="What the service logs, as JSON lines on its standard error."
    )
    shutdown_s: int = Field(default=30, ge=0, description="Seconds that running calls get when the service ends.")

    @field_validator("trusted_proxies", "fetch_networks", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given

    @field_validator("plans", mode="before")
    @classmethod
    def _decoded(cls, given: object) -> object:
        try:
            return json.loads(given) if isinstance(given, str) else given
        except json.JSONDecodeError as error:
            raise ValueError(f"not JSON: {error}") from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return where settings come from: what is passed, then the environment, then the file."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, InitSettingsSource(settings_cls, _file())

    def database(self) -> str:
        """Return the address of the database."""
        return self.database_url.get_secret_value() if self.database_url else f"sqlite:///{self.home}/songreel.db"

    def has_many_servers(self) -> bool:
        """Tell whether other machines may serve the same sessions: they reach PostgreSQL, and no file of ours."""
        return self.database().startswith("postgres")

    def worker_count(self) -> int:
        """Return how many render processes to use: as set, or one for each core that we may run on."""
        return self.workers or len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class Described:
    """A setting as its documentation tells it."""

    name: str
    default: str
    meaning: str


def described() -> list[Described]:
    """Return all settings with their defaults and meanings, in order."""
    rows = [Described(FILE_VARIABLE, "", "A file with settings: .toml, or .env. The environment overrules it.")]
    for name, field in Settings.model_fields.items():
        shown = _SHOWN.get(name) or ("" if field.default is None else _plain(field.default))
        rows.append(Described(f"{_PREFIX}{name}".upper(), shown, field.description or ""))
    return rows


def _plain(default: object) -> str:
    match default:
        case bool():
            return str(default).lower()
        case tuple():
            return ",".join(str(each) for each in default)
        case dict():
            return json.dumps({key: plan.model_dump() for key, plan in default.items()})
        case _:
            return str(default)


@cache
def settings() -> Settings:
    """Return the settings, read once; raises BadRequest when one makes no sense, or the file cannot be read."""
    try:
        return Settings()
    except ValidationError as error:
        raise _nonsense(error) from error


def _nonsense(error: ValidationError) -> BadRequest:
    wrong = error.errors()[0]
    field = str(wrong["loc"][0])
    name = f"{_PREFIX}{field}".upper()
    if field not in Settings.model_fields:
        return BadRequest(f"{field!r} is no setting", advice="See songreel settings.")
    known = Settings.model_fields[field]
    if "SecretStr" in str(known.annotation):
        return BadRequest(f"{name} makes no sense", advice=f"{wrong['msg']}.")
    return BadRequest(f"{name} is {wrong['input']!r}, which makes no sense", advice=f"{wrong['msg']}.")


def _is_ours(name: str) -> bool:
    return name.upper().startswith(_PREFIX) and name.upper() != FILE_VARIABLE


def _file() -> dict[str, Any]:
    """Return what the settings file says, by the names of the fields."""
    given = os.environ.get(FILE_VARIABLE)
    if not given:
        return {}
    path = Path(given)
    try:
        if path.name.endswith(".env"):
            path.read_bytes()
            lines = dotenv_values(path)
            ours = {name.upper().removeprefix(_PREFIX): value for name, value in lines.items() if _is_ours(name)}
            return {name.lower(): value for name, value in ours.items() if value is not None}
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadRequest(f"{FILE_VARIABLE} names {given}, which cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRequest(f"{FILE_VARIABLE} names {given}, which is no TOML: {error}") from error
    return found
