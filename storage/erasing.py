"""Destroys an embedded database whose content lies elsewhere now: overwritten first, removed then."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from storage.database import FAULTS, explain, make_engine, parse_url, truncate_log, vacuum
from storage.errors import MoveRefused
from storage.moving import remove_file


async def erase(url: str) -> None:
    """Delete every row (SQLite overwrites them with zeros), rebuild the file, empty its log, remove it.

    What the disk below keeps of it (flash memory, snapshots, a journaling file system) only the age of the
    keys undoes: see the threat model.

    :raises MoveRefused: the database did not do it; the file is still there.
    """
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            found = sa.MetaData()
            async with connection.begin():
                await connection.run_sync(found.reflect)
                for table in reversed(found.sorted_tables):
                    await connection.execute(sa.delete(table))
            await truncate_log(connection)
            await vacuum(connection)
    except FAULTS as error:
        reason = explain(error)
    else:
        remove_file(Path(parse_url(url).database or ""))
        return
    finally:
        await engine.dispose()
    raise MoveRefused(
        f"Everything was moved, but the old database could not be erased ({reason}). "
        "Remove its file by hand, with `shred -u`."
    )
