"""`vestka open`: show one sealed report to a holder of its key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.digest import check_language
from bot.errors import InputRefused
from bot.exports.reading import note_line, parse_addition, parse_note, parse_report
from bot.keys.holder import read_identities, read_sealed
from handlers.asking.flow import SCHEMA as ADDITION_SCHEMA
from handlers.asking.reading import addition_lines
from handlers.sharing.columns import COLUMNS
from handlers.sharing.rows import Cell, report_cells
from handlers.texts import LANGUAGES, Texts
from handlers.triage.notes import SCHEMA as NOTE_SCHEMA
from storage.sealing import Kind, Opened, open_sealed

if TYPE_CHECKING:
    from bot.exports.wording import Wording

_ELSEWHERE = {
    Kind.DIGEST: "This is a digest. Open it with: vestka digest open FILE --key KEY --out FOLDER",
    Kind.ATTACHMENT: "This is an attachment, not a report. Open it with age, as docs/format.md shows.",
    Kind.REPLY: "This is a reply to a reporter, not a report. Only the reporter's own words open it.",
}

_PARSED = {Kind.NOTE: parse_note, Kind.ADDITION: parse_addition}


def open_report(
    file: Annotated[Path, typer.Argument(readable=False, help="The sealed report, CODE.age.")],
    key: Annotated[Path, typer.Option("--key", readable=False, help="Your key file, or age identity file.")],
    passphrase_file: Annotated[
        Path | None, typer.Option(readable=False, help="Read the key's passphrase here.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="be, ru or en; without it, the reporter's own.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The report as it was sealed.")] = False,
) -> None:
    """Show one report, a note or an answer about one, readably. Nothing is written to disk.

    Example: vestka open K7Q4F.age --key my.vkf
    """
    if language is not None:
        check_language(language)
    data = read_sealed(file)
    opened = open_sealed(data, read_identities(key, passphrase_file))
    report = _report_in(opened)
    try:
        if as_json:
            print(to_json(opened), flush=True)
        else:
            _show(opened, report, language=language or _spoken(report))
    except OSError:
        raise InputRefused("The output cannot be written as a whole. Check free space; try again.") from None


def to_json(opened: Opened) -> str:
    """Kind, object id, epoch and the body, which is spelt exactly as it was sealed."""
    head = {"kind": opened.kind.name.lower(), "object_id": opened.object_id.hex(), "epoch": opened.epoch}
    return json.dumps(head)[:-1] + ', "report": ' + opened.body.decode("utf-8") + "}"


def _report_in(opened: Opened) -> dict[str, Any]:
    if opened.kind in _ELSEWHERE:
        raise InputRefused(_ELSEWHERE[opened.kind])
    report = _PARSED.get(opened.kind, parse_report)(opened.body)
    if report is None:
        raise InputRefused(
            "The file opened, but this version of Vestka cannot read what is inside. Update it."
        )
    return report


def _spoken(report: Mapping[str, Any]) -> str:
    language = report.get("language")
    return language if language in LANGUAGES else LANGUAGES[0]


def _show(opened: Opened, report: Mapping[str, Any], *, language: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from bot.exports.wording import Wording

    wording = Wording(Texts.load(), language)
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", max_width=30)
    table.add_column(overflow="fold")
    for label, words in report_lines(report, wording):
        table.add_row(Text(label), Text(words))
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(Text(_heading(opened, wording), style="bold"))
    console.print(table)


def _heading(opened: Opened, wording: Wording) -> str:
    """What it is, and since when it is sealed."""
    day = (date(1970, 1, 1) + timedelta(days=opened.epoch)).isoformat()
    return wording.say(
        "digest-sealed-checkpoint" if opened.kind is Kind.CHECKPOINT else "digest-sealed", day=day
    )


def report_lines(report: Mapping[str, Any], wording: Wording) -> Iterator[tuple[str, str]]:
    """Every cell that says something, in the order of the columns."""
    if report.get("schema") == ADDITION_SCHEMA:
        for label, line in addition_lines(report):
            yield wording.say_line(label), wording.say_line(line)
        return
    cells = _cells(report)
    for column in COLUMNS:
        words = str(wording.cell(column, cells.get(column.id)))
        if words:
            yield wording.column(column), words


def _cells(report: Mapping[str, Any]) -> Mapping[str, Cell]:
    if report.get("schema") == NOTE_SCHEMA:
        return {"code": str(report.get("case")), "team_notes": note_line(report)}
    return report_cells(report)
