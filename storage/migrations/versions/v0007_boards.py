"""Boards: where messages lie that tell of many cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "boards",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("blob", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """What lies in the room stays there; new messages are posted."""
    op.drop_table("boards")
