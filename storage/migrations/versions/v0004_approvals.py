"""Approvals: what needs two people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "approvals",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("case_id", sa.LargeBinary(16), nullable=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("blob", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """What was asked for must be asked for again."""
    op.drop_table("approvals")
