"""Mark freezes whose jobs have not ended, so that they are found without reading all that there ever were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the mark, and set it where no end was posted."""
    op.add_column("postings", sa.Column("unended", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE postings SET unended = (1 = 1) WHERE kind = 'freeze' AND NOT EXISTS"
        " (SELECT 1 FROM postings AS other WHERE other.key = replace(postings.key, 'freeze:', 'end:'))"
    )
    unended = sa.text("unended")
    op.create_index("ix_postings_unended", "postings", ["unended"], sqlite_where=unended, postgresql_where=unended)
