"""The audit log and its posted heads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """The log begins at the next start, with an entry for every object that is there already."""
    op.create_table(
        "audit",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("blob", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "heads",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("note", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """An older version keeps no log: what it does stands nowhere."""
    op.drop_table("heads")
    op.drop_table("audit")
