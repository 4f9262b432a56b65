"""What all documents share: frozen fields, unknown fields refused, a named schema with a revision."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    WithJsonSchema,
)

from songreel.base.errors import BadProject
from songreel.base.time import parse_exact
from songreel.model import upgrade


class Record(BaseModel):
    """A part of a document: frozen, and strict about what it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def evolve(self, **changes: Any) -> Self:
        """Return a copy with some fields changed, validated as a new one would be."""
        return type(self).model_validate({name: getattr(self, name) for name in type(self).model_fields} | changes)


class Document(Record):
    """A record that is saved by itself: its JSON carries ``schema`` and ``revision``."""

    schema_name: ClassVar[str]
    revision: ClassVar[int] = 1

    def to_json(self) -> str:
        """Return the document as JSON text; the same document always gives the same text."""
        head = {"schema": self.schema_name, "revision": self.revision}
        return json.dumps(head | self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read a document that `to_json` wrote, upgrading older revisions.

        Raises BadProject when it is another kind of document, comes from a newer Songreel, or is damaged.
        """
        try:
            raw = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BadProject(f"this is not a {cls.schema_name} document: {error}") from error
        if not isinstance(raw, dict) or raw.pop("schema", None) != cls.schema_name:
            raise BadProject(f"this is not a {cls.schema_name} document", advice="Check that the right file is given.")
        try:
            return cls.model_validate(upgrade.to_latest(cls.schema_name, cls.revision, raw))
        except ValidationError as error:
            where = ".".join(str(step) for step in error.errors()[0]["loc"])
            raise BadProject(
                f"the {cls.schema_name} document is damaged at {where!r}: {error.errors()[0]['msg']}",
                advice="Restore it from a copy, or make the project again.",
            ) from error


def _fraction(value: Any) -> Any:
    if isinstance(value, str):
        return parse_exact(value)
    return Fraction(value) if isinstance(value, int) else value


Exact = Annotated[
    Fraction,
    BeforeValidator(_fraction),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(/\d+)?$"}),
]
"""An exact number, written as ``"30000/1001"``."""

Color = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
"""A color in sRGB, written as ``"#rrggbb"``."""

Unit = Annotated[float, Field(ge=0, le=1)]
"""A number from 0 to 1."""

AssetId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""The name of an asset: the digest of its bytes."""
