"""Alembic comes through here; the connection is given by `storage.migrate`, and so is its transaction.

Every migration leads both ways: who goes back to an older Vestka takes the tables back first. What the
older tables have no room for is lost; everything else stays.
"""

from __future__ import annotations

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
