"""The tables. No column holds readable user text, an account, a name or a token, nor a time finer than a day.

Keys are random or keyed hashes of 16 bytes, never a running number: the order of insertion is not told.
Rows under the day keys name the day of their key, so that they can go with it.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()


def _table(name: str, *columns: sa.Column[object] | sa.Index) -> sa.Table:
    return sa.Table(name, metadata, *columns, sqlite_with_rowid=False)


def _key(name: str = "id") -> sa.Column[object]:
    return sa.Column(name, sa.LargeBinary(16), primary_key=True)


def _bytes(name: str, *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.LargeBinary, nullable=empty)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, nullable=False)


def _day(name: str = "day", *, empty: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date, nullable=empty)


def _word(name: str, *, key: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=False)


# Under the day keys ---------------------------------------------------------------------------------

talks = _table("talks", _key("bid"), _day(), _bytes("blob"))
"""Unfinished conversations; `bid` is the room's pseudonym of that day, `blob` a VDR1 draft."""

traces = _table("traces", _key("bid"), _day(), _bytes("blob"))
"""Which messages still lie in a reporter's chat: one row per room, padded."""

outbox = _table(
    "outbox",
    _key(),
    _number("priority"),
    _number("state"),
    _day(),
    _bytes("blob"),
    sa.Column("shard", sa.Integer, nullable=False, server_default="-1"),
)
"""What waits to be sent: state 0 waits, 1 is being sent. `shard`: four bits of a keyed hash of the chat."""

letters = _table("letters", _key(), _day(), _bytes("blob"))
"""Updates that could not be handled, for the operator to count."""

ways = _table(
    "ways",
    _key("tag"),
    sa.Column("bid", sa.LargeBinary(16), nullable=False, index=True),
    _day(),
    _bytes("blob"),
)
"""Ways back to reporters who agreed; `tag`: the case, hashed under that day's pepper; `bid`: the room."""

seen = _table("seen", _key("tag"), _day())
"""Updates that were handled, as keyed hashes."""

authors = _table("authors", _key("case_id"), _day(), _bytes("blob"))
"""Which account sent a report: its pseudonym of that day."""

shadows = _table("shadows", _key("bid"), _day())
"""Accounts, by their pseudonym of a day, whose reports are thrown away."""

# Under the operator's key ---------------------------------------------------------------------------

cases = _table(
    "cases",
    _key(),
    sa.Column("tag", sa.LargeBinary(16), nullable=False, unique=True),  # keyed hash of the code
    _day(),
    _number("revision"),
    _number("posted_revision"),
    _bytes("blob"),
)
sa.Index(
    "cases_unposted",
    cases.c.id,
    sqlite_where=sa.text("posted_revision < revision"),
    postgresql_where=sa.text("posted_revision < revision"),
)

cards = _table(
    "cards",
    _key("case_id"),
    _bytes("blob"),
    sa.Column("tag", sa.LargeBinary(16), nullable=True, index=True),  # none: from before there were tags
)
"""Where a case's card lies; `tag` is a keyed hash of its topic."""

boards = _table("boards", _key(), _bytes("blob"))
"""Where messages lie that tell of many cases: a cluster's count, the dashboard; `id` is a keyed hash."""

likenesses = _table("likenesses", _key("case_id"), _number("bucket"), _day(), _bytes("blob"))
"""What of an open case's person is compared; `bucket`: eight bits of a keyed hash of the family name."""
sa.Index("likenesses_bucket", likenesses.c.bucket, likenesses.c.day)

approvals = _table(
    "approvals",
    _key(),
    sa.Column("case_id", sa.LargeBinary(16), nullable=True),  # none: about no case
    _day(),
    _bytes("blob"),
)
"""What needs two people; `day` is its last."""

audit = _table("audit", _key(), _bytes("blob"))
"""The chain of what was done, and one row for its head; `id` is a keyed hash of the place in it."""

suspensions = _table("suspensions", _key(), _bytes("blob"))
"""Whom two of the team suspended, until the root says otherwise."""

# Sealed to the moderators ---------------------------------------------------------------------------

objects = _table(
    "objects",
    _key(),
    sa.Column("case_id", sa.LargeBinary(16), nullable=True, index=True),  # none: a digest
    _number("kind"),
    sa.Column("day", sa.Date, nullable=False, index=True),
    _bytes("data"),
    _bytes("signature"),
    _day("acknowledged_day", empty=True),
)

# Nobody's secret ------------------------------------------------------------------------------------

heads = _table("heads", _key(), _day(), _bytes("note"))
"""What was posted of the audit log, day by day: how long it was, its hash, the server's signature."""

positions = _table("positions", _word("network", key=True), _word("position"))
"""How far each network was read."""

marks = _table("marks", _word("key", key=True), _word("value"))
"""Small facts about the instance itself, such as the day of the last digest."""

workers = _table("workers", _key(), _number("beats"), _bytes("ring"))
"""Processes that share this database: a random id, a count that grows while it lives, its day keys' mark."""

leases = _table(
    "leases",
    sa.Column("share", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("holder", sa.LargeBinary(16), nullable=True),
)
"""Which worker sends a shard, and which one reads; a share without a holder is free."""
