"""Alembic comes through here; the connection is given by `storage.migrate`, and so is its transaction.

Downgrades are not offered: going back means restoring the backup made before the upgrade, because a table
that lost a column cannot get sealed rows back.
"""

from __future__ import annotations

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
