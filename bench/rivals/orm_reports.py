"""What the handbook of SQLAlchemy's ORM shows: for each report a session, three objects, a commit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase

from bench.rivals.report_rows import Desk
from bench.submissions.papers import Finished
from storage import tables
from storage.database import PRAGMAS, make_engine

_PATIENT = {**PRAGMAS, "busy_timeout": "60000"}  # its sessions wait for each other's locks


class Base(DeclarativeBase):
    """Of the classes below."""


class Report(Base):
    """A sealed report."""

    __table__ = tables.objects


class CaseRow(Base):
    """Its case."""

    __table__ = tables.cases


class CardLetter(Base):
    """Its card in the outbox."""

    __table__ = tables.outbox


class OrmReports:
    """Keeps reports."""

    def __init__(self, engine: AsyncEngine, desk: Desk) -> None:
        self._engine, self._desk = engine, desk
        self._sessions = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)

    @classmethod
    async def open(cls, url: str, _folder: Path, desk: Desk) -> OrmReports:
        """On an empty database."""
        engine = make_engine(url, pragmas=_PATIENT)
        async with engine.begin() as connection:
            await connection.run_sync(tables.metadata.create_all)
        return cls(engine, desk)

    async def expect(self, some: Sequence[Finished]) -> None:
        """It knows no talks."""

    async def keep(self, one: Finished) -> None:
        """One session, one commit."""
        rows = self._desk.write_rows(one.effect)
        async with self._sessions() as session, session.begin():
            session.add_all(
                (Report(**rows["objects"]), CaseRow(**rows["cases"]), CardLetter(**rows["outbox"]))
            )

    async def close(self) -> None:
        """Let go."""
        await self._engine.dispose()
