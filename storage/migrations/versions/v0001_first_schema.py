"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NAMES = (
    *("talks", "traces", "outbox", "letters", "seen"),
    *("cases", "cards", "objects", "positions", "marks"),
)


def upgrade() -> None:
    """Make them; written out in full, because `storage.tables` moves on and this does not."""
    _make_volatile()
    _make_operator()
    _make_sealed()
    _make_plain()


def downgrade() -> None:
    """Nothing is left of them."""
    for name in _NAMES:
        op.drop_table(name)


def _bytes(name: str, *, length: int | None = None, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.LargeBinary(length), nullable=empty)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=False)


def _day(name: str = "day", *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date, nullable=empty)


def _make(name: str, key: str, *columns: sa.Column[object] | sa.UniqueConstraint) -> None:
    first = sa.Column(key, sa.LargeBinary(16), primary_key=True)
    op.create_table(name, first, *columns, sqlite_with_rowid=False)


def _make_volatile() -> None:
    _make("talks", "bid", _day(), _bytes("blob"))
    _make("traces", "bid", _day(), _bytes("blob"))
    _make("outbox", "id", _number("priority"), _number("state"), _day(), _bytes("blob"))
    _make("letters", "id", _day(), _bytes("blob"))
    _make("seen", "tag", _day())


def _make_operator() -> None:
    tag = _bytes("tag", length=16)
    numbers = (_number("revision"), _number("posted_revision"))
    _make("cases", "id", tag, _day(), *numbers, _bytes("blob"), sa.UniqueConstraint("tag"))
    unposted = sa.text("posted_revision < revision")
    op.create_index("cases_unposted", "cases", ["id"], sqlite_where=unposted, postgresql_where=unposted)
    _make("cards", "case_id", _bytes("blob"))


def _make_sealed() -> None:
    _make(
        "objects",
        "id",
        _bytes("case_id", length=16, empty=True),
        _number("kind"),
        _day(),
        _bytes("data"),
        _bytes("signature"),
        _day("acknowledged_day", empty=True),
    )
    op.create_index("ix_objects_case_id", "objects", ["case_id"])
    op.create_index("ix_objects_day", "objects", ["day"])


def _make_plain() -> None:
    for name, key, value in (("positions", "network", "position"), ("marks", "key", "value")):
        op.create_table(
            name,
            sa.Column(key, sa.Text, primary_key=True),
            sa.Column(value, sa.Text, nullable=False),
            sqlite_with_rowid=False,
        )
