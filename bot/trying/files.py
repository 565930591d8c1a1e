"""Where the files of a try lie, and what is in them: fetched from the group and opened as a holder would."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.commands.open import report_lines
from bot.errors import InputRefused
from bot.exports import write_folder
from bot.exports.reading import Reading, parse_report
from bot.exports.wording import Wording
from bot.networks.console import TEAM, Message
from bot.trying.stage import Stage
from handlers.sharing.consent import Purpose
from handlers.sharing.digest import Digest, Gathering
from storage.sealing import open_sealed

NO_REPORT = "Nothing was sent yet. Answer the questions on the left, then press Send on the review."
NO_DIGEST = "There is no digest yet."
_FOLDER = "digest"


@dataclass(frozen=True, slots=True)
class Sheet:
    """An opened file: where it lies, the key that opened it, and its lines as label and words."""

    path: Path
    key: Path
    lines: tuple[tuple[str, str], ...] = field(repr=False)


class Files:
    """The sealed reports and digests of one try."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def cards(self) -> list[Message]:
        """Every card that carries a sealed file, oldest first."""
        return [message for message in self._with_file() if not _is_digest(message)]

    def digests(self) -> list[Message]:
        """Every digest bundle, oldest first."""
        return [message for message in self._with_file() if _is_digest(message)]

    def save(self, message: Message) -> Path:
        """Keep the file of a message beside the key, as a holder saves it from the group.

        :raises InputRefused: the message carries none, or the folder takes no more.
        """
        if message.document is None:
            raise InputRefused("This message carries no file.")
        path = self._stage.folder / message.document.name
        try:
            path.write_bytes(message.document.data)
        except OSError:
            raise InputRefused(f"{path} cannot be written. Check rights and free space.") from None
        return path

    def save_all(self) -> list[Path]:
        """Save everything that the group shows."""
        return [self.save(message) for message in self._with_file()]

    def open_report(self, path: Path) -> dict[str, Any]:
        """Open a saved report with the demonstration key.

        :raises InputRefused: it does not hold a report.
        """
        body = open_sealed(path.read_bytes(), [self._stage.identity]).body
        report = parse_report(body)
        if report is None:
            raise InputRefused(f"{path} opens, but it holds no report.")
        return report

    async def open(self, message: Message) -> Sheet:
        """What is in the file of a message; the tables and charts of a digest take a moment."""
        path = self.save(message)
        work = self._read_digest if _is_digest(message) else self._read_report
        return Sheet(path, self._stage.key, await asyncio.to_thread(lambda: tuple(work(path))))

    def _read_report(self, path: Path) -> Iterator[tuple[str, str]]:
        report = self.open_report(path)
        return report_lines(report, Wording(self._stage.instance.texts, report["language"]))

    def _read_digest(self, path: Path) -> Iterator[tuple[str, str]]:
        public = self._stage.instance.signing.public
        reading = Reading([path.read_bytes], [self._stage.identity], bot_key=public)
        wording = Wording(self._stage.instance.texts, self._stage.instance.settings.team.language)
        day = Gathering(Purpose.KEEP)
        files = write_folder(
            self._stage.folder / _FOLDER, reading, day, bundles=reading.heads, wording=wording
        )
        yield from _counted(day, day.digest(reading.heads))
        for written in files:
            yield "written", str(written)

    def _with_file(self) -> Iterator[Message]:
        return (message for message in self._stage.console.visible(TEAM) if message.document is not None)


def _is_digest(message: Message) -> bool:
    return message.document is not None and message.document.name.startswith(f"{_FOLDER}-")


def _counted(day: Gathering, digest: Digest) -> Iterator[tuple[str, str]]:
    yield "day", digest.day
    yield "reports opened", f"{day.opened} of {day.cases}"
    for label, number in (("new", digest.new), ("changed", digest.changed), ("open in all", digest.open)):
        yield label, str(number)
    yield from (("not opened", f"{problem.code} ({problem.cause})") for problem in day.problems)
