"""What Alembic runs: the steps that are missing, in the transaction that it is given."""

from __future__ import annotations

from alembic import context

from songreel.service.tables import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
