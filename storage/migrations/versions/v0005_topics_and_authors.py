"""Cases are found by their topic, and as long as the day keys live, the account that sent one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Cards that lie there already get their tag from the next reader."""
    with op.batch_alter_table("cards") as cards:
        cards.add_column(sa.Column("tag", sa.LargeBinary(16), nullable=True))
    op.create_index("ix_cards_tag", "cards", ["tag"])
    op.create_table(
        "authors",
        sa.Column("case_id", sa.LargeBinary(16), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("blob", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "shadows",
        sa.Column("bid", sa.LargeBinary(16), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """As it was; only while nobody works on it."""
    op.drop_table("shadows")
    op.drop_table("authors")
    op.drop_index("ix_cards_tag", "cards")
    with op.batch_alter_table("cards") as cards:
        cards.drop_column("tag")
