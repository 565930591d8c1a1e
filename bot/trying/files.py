"""Where the files of a try lie, and what is in them: fetched from the group and opened as a holder would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.commands.open import report_lines
from bot.errors import InputRefused
from bot.exports import writers_for
from bot.exports.folder import fill_folder
from bot.exports.reading import parse_report, read_day
from bot.exports.wording import Wording
from bot.networks.console import TEAM, Message
from bot.trying.stage import Stage
from handlers.sharing.consent import Purpose
from storage.sealing import open_sealed


class Files:
    """The newest sealed report and digest of one try."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def card(self) -> Message | None:
        """The newest card with its sealed file."""
        return self._newest(in_topic=True)

    def save_report(self) -> Path:
        """Save the newest sealed report beside the key.

        :raises InputRefused: nothing was sent yet.
        """
        return self._save(self.card(), "Nothing was sent yet. Answer the questions, then press Send.")

    def save_digest(self) -> Path:
        """Save the newest digest bundle beside the key.

        :raises InputRefused: no digest was posted yet.
        """
        return self._save(self._newest(in_topic=False), "There is no digest yet.")

    def open_report(self, path: Path) -> dict[str, Any]:
        """Open a saved report with the demonstration key.

        :raises InputRefused: it does not hold a report.
        """
        body = open_sealed(path.read_bytes(), [self._stage.identity]).body
        report = parse_report(body)
        if report is None:
            raise InputRefused(f"{path} opens, but it holds no report.")
        return report

    def report_text(self) -> str:
        """The newest report, opened, as a page of text."""
        try:
            path = self.save_report()
        except InputRefused as refused:
            return str(refused)
        report = self.open_report(path)
        wording = Wording(self._stage.instance.texts, report["language"])
        lines = [f"{label}: {words}" for label, words in report_lines(report, wording)]
        return "\n".join([f"{path}, opened with {self._stage.key}", "", *lines])

    async def digest_text(self) -> str:
        """The digest of this moment, opened into a folder, as a page of text."""
        await self._stage.service.digest_now()
        await self._stage.settle()
        path = self.save_digest()
        reading = read_day([SealedPart(path.read_bytes(), None)], [self._stage.identity])
        wording = Wording(self._stage.instance.texts, self._stage.instance.settings.team.language)
        folder = self._stage.folder / "digest"
        written = fill_folder(folder, writers_for(reading.digest_for(Purpose.KEEP), wording))
        return "\n".join([f"{path}, opened with {self._stage.key}", "", *map(str, written)])

    def where_they_lie(self) -> str:
        """One line for the foot of the window."""
        card = self.card()
        name = card.document.name if card and card.document else "no report yet"
        return f"{self._stage.folder}: {name} · key {self._stage.key.name} · passphrase.txt · vestka.db"

    def _newest(self, *, in_topic: bool) -> Message | None:
        posted = [
            message
            for message in self._stage.console.visible(TEAM)
            if message.document is not None and (message.topic is not None) is in_topic
        ]
        return posted[-1] if posted else None

    def _save(self, message: Message | None, otherwise: str) -> Path:
        if message is None or message.document is None:
            raise InputRefused(otherwise)
        path = self._stage.folder / message.document.name
        path.write_bytes(message.document.data)
        return path
