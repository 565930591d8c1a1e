"""Somebody who has the disk and reads this source: every row, every key that could be tried on it.

What they hold is a list of secrets; `guesses` makes of it every key that Vestka, or a careless change to it,
could have made of them. A row counts as opened when its own seal says so, not when it looks readable.
"""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import asyncpg

from storage.sealing import CannotOpen, Identity, blind, open_draft, open_record, open_sealed

VOLATILE = {"talks": "draft", "traces": "trace", "outbox": "outbox", "letters": "dead-letter"}
OPERATOR = {"cases": "case", "cards": "card"}
_PURPOSES = VOLATILE | OPERATOR
_KEYS = {"talks": "bid", "traces": "bid", "cards": "case_id"}
TIERS = dict.fromkeys(VOLATILE, "volatile") | dict.fromkeys(OPERATOR, "operator") | {"objects": "sealed"}


@dataclass(frozen=True, slots=True)
class Row:
    """A sealed row as it lies there."""

    table: str
    key: bytes
    blob: bytes = field(repr=False)

    @property
    def tier(self) -> str:
        """Which sort of key opens it: volatile, operator or sealed."""
        return TIERS[self.table]


def _statement(table: str) -> str:
    key, blob = _KEYS.get(table, "id"), "data" if table == "objects" else "blob"
    return f"SELECT {key}, {blob} FROM {table}"  # noqa: S608  (names of this file)


def read_file(path: Path) -> list[Row]:
    """All sealed rows of an embedded database, also of one that is in use."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return [Row(table, *row) for table in TIERS for row in connection.execute(_statement(table))]


async def read_server(dsn: str) -> list[Row]:
    """All sealed rows of a PostgreSQL database."""
    connection = await asyncpg.connect(dsn)
    try:
        return [Row(table, *row) for table in TIERS for row in await connection.fetch(_statement(table))]
    finally:
        await connection.close()


def guesses(secrets: Iterable[bytes]) -> list[bytes]:
    """Every key of 32 bytes that lies near: as it is, hashed, cut out, and no key at all."""
    found = {bytes(32), b"\xff" * 32}
    for secret in secrets:
        found.add(sha256(secret).digest())
        found.update(
            hmac.digest(secret, label, "sha256") for label in (b"vestka", b"K_vol", b"pepper", b"draft")
        )
        found.update(secret[at : at + 32] for at in range(len(secret) - 31))
    return sorted(found)


def open_row(row: Row, keys: Iterable[bytes]) -> bytes | None:
    """What the row says, if any of the keys opens it."""
    for key in keys:
        try:
            if row.table == "talks":
                return open_draft(key, row.blob, bid=row.key)[1]
            if row.table in _PURPOSES:
                return open_record(key, _PURPOSES[row.table], row.blob, bound_to=row.key)
            return open_sealed(row.blob, [Identity.from_seed(key)]).body
        except CannotOpen:
            continue
    return None


def open_all(rows: Iterable[Row], keys: Collection[bytes]) -> dict[Row, bytes]:
    """The rows that open, with what they say."""
    return {row: body for row in rows if (body := open_row(row, keys)) is not None}


def recognise(rows: Iterable[Row], accounts: Iterable[int], *, peppers: Collection[bytes]) -> set[int]:
    """The known accounts whose pseudonym is among the rows: those people were here."""
    here = {row.key for row in rows if row.table in {"talks", "traces"}}
    return {number for number in accounts if any(name in here for name in _pseudonyms(number, peppers))}


def _pseudonyms(number: int, peppers: Iterable[bytes]) -> Iterator[bytes]:
    for spelt in (number.to_bytes(8, "big"), str(number).encode()):
        yield spelt.ljust(16, b"\0")
        yield sha256(spelt).digest()[:16]
        for pepper in peppers:
            yield blind(pepper, "telegram", spelt)


def can_open(data: bytes, identity: Identity) -> bool:
    """Whether this one key opens a sealed object."""
    try:
        open_sealed(data, [identity])
    except CannotOpen:
        return False
    return True
