"""Ways back to reporters who agreed to be asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table. Whoever reported before can no longer be asked."""
    op.create_table(
        "ways",
        sa.Column("tag", sa.LargeBinary(16), primary_key=True),
        sa.Column("bid", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("blob", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ways_bid", "ways", ["bid"])


def downgrade() -> None:
    """What was open is not asked any more."""
    op.drop_table("ways")
