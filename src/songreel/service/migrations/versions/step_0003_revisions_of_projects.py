"""Note which revision of a session's project stands, for servers that keep projects together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the revision; projects that are there have none yet."""
    op.add_column("sessions", sa.Column("revision", sa.String(32), nullable=False, server_default=""))
