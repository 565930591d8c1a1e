"""Digest documents without sealing, and every exporter by its file name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from bot.exports import NAMES, Exports
from bot.exports.csv_file import CsvFile
from bot.exports.folder import fill_folder
from bot.exports.html import HtmlFile
from bot.exports.json_file import JsonFile
from bot.exports.tables import Export, Terms
from bot.exports.wording import Wording
from bot.exports.xlsx import XlsxFile
from handlers.sharing.bundle import read_bundle
from handlers.sharing.consent import Purpose
from handlers.sharing.digest import Digest, Gathering, Problem, Shown, Told
from handlers.sharing.rows import Row
from handlers.texts import Texts
from handlers.triage.cases import Case
from tests.handlers.sharing.bundles import build_bundle
from tests.handlers.sharing.samples import DAY, SINCE, make_case, make_report


@dataclass(frozen=True)
class Document:
    """A day put together: what is shown of each case, and the whole."""

    digest: Digest
    shown: tuple[Shown, ...]

    @property
    def rows(self) -> list[Row]:
        """The people."""
        return [one.row for one in self.shown if one.row is not None]


Writer = Callable[[Document, Wording, Path], None]


def write_one(kind: type[Export], document: Document, words: Wording, path: Path) -> None:
    """One file as the command writes it."""
    terms = Terms(document.digest.purpose, words)
    with kind(path, terms) as file:
        for shown in document.shown:
            file.add(terms.tell(shown))
        file.end(document.digest)


def write_all(document: Document, words: Wording, folder: Path) -> list[Path]:
    """All files, in a folder that is filled at once."""

    def write(drafts: Mapping[str, Path]) -> None:
        with Exports(drafts, words, document.digest.purpose) as exports:
            for shown in document.shown:
                exports.add(shown)
            exports.end(document.digest)

    return fill_folder(folder, NAMES, write)


WRITERS: dict[str, Writer] = {
    "digest.xlsx": partial(write_one, XlsxFile),
    "digest.csv": partial(write_one, CsvFile),
    "digest.json": partial(write_one, JsonFile),
    "digest.html": partial(write_one, HtmlFile),
}


@cache
def wording(language: str = "be") -> Wording:
    """The words of one language."""
    return Wording(Texts.load(), language)


def make_document(
    reports: Sequence[Mapping[str, Any] | None],
    *,
    purpose: Purpose = Purpose.KEEP,
    cases: Sequence[Case] | None = None,
    problems: Sequence[Problem] = (),
) -> Document:
    """The digest of a day on which these reports came in."""
    known = [make_case(number) for number, _ in enumerate(reports)] if cases is None else cases
    by_id = {case.id: report for case, report in zip(known, reports, strict=True)}
    settings: dict[str, Any] = {"since": SINCE, "organisation": "Узор", "bot_key": bytes(32)}
    (body,) = build_bundle(DAY, known, {}, sign=lambda _: bytes(64), **settings)
    bundle = read_bundle(body)
    gathering = Gathering(purpose)
    shown = tuple(gathering.add(Told(entry, by_id[entry.case.id])) for entry in bundle.entries)
    digest = gathering.digest([bundle])
    if purpose is Purpose.KEEP:
        digest = replace(digest, problems=tuple(problems))
    return Document(digest, shown)


def sample_document(count: int = 4, *, purpose: Purpose = Purpose.KEEP) -> Document:
    """A day with `count` people, every second of whom agreed to everything."""
    every = ("c_un", "c_partners", "c_publish", "c_stats")
    reports = [make_report(number, choices=every if number % 2 else ()) for number in range(count)]
    return make_document(reports, purpose=purpose)
