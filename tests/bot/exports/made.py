"""Digest documents without sealing, and every exporter by its file name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bot.exports.csv_file import write_csv
from bot.exports.html import write_html
from bot.exports.json_file import write_json
from bot.exports.wording import Wording
from bot.exports.xlsx import write_xlsx
from handlers.sharing.bundle import build_bundle, read_bundle
from handlers.sharing.consent import Purpose
from handlers.sharing.digest import Digest, Problem, Told, make_digest
from handlers.texts import Texts
from handlers.triage.cases import Case
from tests.handlers.sharing.samples import DAY, SINCE, make_case, make_report

Writer = Callable[[Digest, Wording, Path], None]
WRITERS: dict[str, Writer] = {
    "digest.xlsx": write_xlsx,
    "digest.csv": write_csv,
    "digest.json": write_json,
    "digest.html": write_html,
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
) -> Digest:
    """The digest of a day on which these reports came in."""
    known = [make_case(number) for number, _ in enumerate(reports)] if cases is None else cases
    by_id = {case.id: report for case, report in zip(known, reports, strict=True)}
    settings: dict[str, Any] = {"since": SINCE, "organisation": "Узор", "bot_key": bytes(32)}
    (body,) = build_bundle(DAY, known, {}, sign=lambda _: bytes(64), **settings)
    bundle = read_bundle(body)
    told = [Told(entry, by_id[entry.case.id]) for entry in bundle.entries]
    return make_digest([bundle], told, problems, purpose=purpose)


def sample_document(count: int = 4, *, purpose: Purpose = Purpose.KEEP) -> Digest:
    """A day with `count` people, every second of whom agreed to everything."""
    every = ("c_un", "c_partners", "c_publish", "c_stats")
    reports = [make_report(number, choices=every if number % 2 else ()) for number in range(count)]
    return make_document(reports, purpose=purpose)
