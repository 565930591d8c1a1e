"""Short keyed hashes by which reports about one person are seen to be alike."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Cases that are open already are compared with later ones only when they are told anew."""
    op.create_table(
        "likenesses",
        sa.Column("case_id", sa.LargeBinary(16), primary_key=True),
        sa.Column("bucket", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("blob", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("likenesses_bucket", "likenesses", ["bucket", "day"])


def downgrade() -> None:
    """Nothing of it is needed by an older version."""
    op.drop_table("likenesses")
