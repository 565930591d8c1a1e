"""Suspensions: whom two of the team suspended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "suspensions",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("blob", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """An older version knows only what the root has signed: suspend there before you go back."""
    op.drop_table("suspensions")
