"""Shards in the outbox, and who holds which: for several workers on one database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Letters that wait already get their shard from the next reader."""
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("shard", sa.Integer, nullable=False, server_default="-1"))
    op.create_table(
        "workers",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("beats", sa.Integer, nullable=False),
        sa.Column("ring", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "leases",
        sa.Column("share", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("holder", sa.LargeBinary(16), nullable=True),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """As it was; only while nobody works on it."""
    op.drop_table("leases")
    op.drop_table("workers")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("shard")
