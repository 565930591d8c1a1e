"""The files of an opened digest, one module per form. They render; `handlers.sharing` has decided before."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from bot.exports.folder import fill_folder
from bot.exports.tables import Export, Terms
from bot.exports.wording import Wording
from handlers.sharing.consent import Purpose
from handlers.sharing.digest import Digest, Gathering, Shown, Told
from handlers.sharing.entries import Bundle

NAMES = ("digest.xlsx", "digest.csv", "digest.json", "digest.html")


class Exports:
    """Every file of `NAMES` at its path, written together while the cases go by; none is kept in memory."""

    def __init__(self, paths: Mapping[str, Path], wording: Wording, purpose: Purpose) -> None:
        self._terms = Terms(purpose, wording)
        self._stack = ExitStack()
        self._files: Sequence[Export] = [
            self._stack.enter_context(kind(paths[name], self._terms))
            for name, kind in zip(NAMES, _kinds(), strict=True)
        ]

    def __enter__(self) -> Exports:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, where: TracebackType | None
    ) -> None:
        self._stack.close()

    def add(self, shown: Shown) -> None:
        """The next case; its words are found once for all files."""
        told = self._terms.tell(shown)
        for file in self._files:
            file.add(told)

    def end(self, digest: Digest) -> None:
        """After the last case."""
        for file in self._files:
            file.end(digest)


def write_folder(
    folder: Path, told: Iterable[Told], day: Gathering, *, bundles: Sequence[Bundle], wording: Wording
) -> list[Path]:
    """Put the day together and write all its files, case by case; `bundles` are complete when all is told.

    :raises InputRefused: the folder cannot be written to.
    """

    def write(drafts: Mapping[str, Path]) -> None:
        with Exports(drafts, wording, day.purpose) as exports:
            for one in told:
                exports.add(day.add(one))
            exports.end(day.digest(bundles))

    return fill_folder(folder, NAMES, write)


def _kinds() -> Sequence[type[Export]]:
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells where it would rather keep its cache
    from bot.exports.csv_file import CsvFile
    from bot.exports.html import HtmlFile
    from bot.exports.json_file import JsonFile
    from bot.exports.xlsx import XlsxFile

    return XlsxFile, CsvFile, JsonFile, HtmlFile
