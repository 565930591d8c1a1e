"""`vestka audit`: is the log of what was done whole, and is everything there that it tells of?"""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import InputRefused

if TYPE_CHECKING:
    from storage.auditing import Flaw, Posted, Report

NOT_WHOLE = 3
_WORTH_A_BAR = 20_000  # entries: about two seconds
_NOTE = "vestka/audit/v1\n"
_SHOWN = 10  # of each sort

app = typer.Typer(help="Check the log of what was done.", no_args_is_help=True)


@app.callback()
def audit() -> None:
    """Check the log of what was done."""


@app.command("verify")
def verify(
    settings: Annotated[Path, typer.Option("--settings", help="The settings file.")] = Path("vestka.toml"),
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Read the operator's passphrase from this file.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(help="A head that you kept: a file with the lines under a digest, or its hash alone."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Say the result as one JSON object.")] = False,
) -> None:
    """Check that every entry of the log follows, and that every sealed object has its own. Changes nothing.

    Only with --since it also finds a log that was cut short or written anew by somebody who has the server's
    keys: take the lines from under an old digest in the moderators' group.

    Exit status 3 means that something is wrong.

    Example: vestka audit verify --settings vestka.toml --since head-2026-11-23.txt
    """
    from bot.commands.bar import watching
    from bot.keys.passphrase import operator_passphrase
    from bot.settings_file import read_settings
    from storage import auditing
    from storage.operator import load
    from storage.sealing import SigningKey

    known = read_settings(settings)
    secrets = load(known.secrets_path, operator_passphrase(passphrase_file))
    public = SigningKey.from_seed(secrets.signing_seed).public
    posted = read_since(since, public) if since else None
    with watching("Reading the log", worth=_WORTH_A_BAR) as watch:
        going = auditing.verify(
            known.database_url, case_key=secrets.case_key, public=public, since=posted, watch=watch
        )
        report = asyncio.run(going)
    _tell(report, since=posted, as_json=as_json)
    raise typer.Exit(NOT_WHOLE if report.flaws else 0)


def read_since(text: str, public: bytes) -> Posted:
    """The head that somebody kept: in a file, or typed.

    :raises InputRefused: it is neither a head nor a file with one, or another server signed it.
    """
    from storage.auditing import Posted

    path = Path(text)
    if path.is_file():
        return Posted(_read_note(path, public))
    for read in (bytes.fromhex, lambda word: b64decode(word, validate=True)):
        try:
            hashed = read(text)
        except ValueError:
            continue
        if len(hashed) == 32:
            return Posted(hashed)
    raise InputRefused(
        "After --since comes a file with the lines that stand under a digest, or the hash in its second line."
    )


def _read_note(path: Path, public: bytes) -> bytes:
    """The hash in a file, whatever stands before the note: people copy the whole message."""
    from storage.sealing import BadSignature
    from storage.sealing.audit import read_head

    try:
        text = path.read_text("utf-8").replace("\r\n", "\n")
        return read_head(public, text[max(0, text.find(_NOTE)) :].strip() + "\n")[0]
    except (BadSignature, ValueError):
        pass
    except OSError as error:
        raise InputRefused(f"The file after --since cannot be read: {error.strerror}.") from None
    raise InputRefused(
        "The file after --since holds no head that this server signed. Copy all lines from under the digest, "
        f"from “{_NOTE.strip()}” to the line that begins with a long dash."
    )


def _tell(report: Report, *, since: Posted | None, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_describe(report, since=since), ensure_ascii=False))
    else:
        print("\n".join(_sentences(report, since=since)))


def _describe(report: Report, *, since: Posted | None) -> dict[str, object]:
    return {
        "ok": not report.flaws,
        "entries": report.entries,
        "objects": report.objects,
        "heads": report.heads,
        "head": report.end.hash.hex(),
        "since": since.hash.hex() if since else None,
        "faults": [
            {"fault": flaw.fault, "entry": flaw.number or None, "day": flaw.day and flaw.day.isoformat()}
            for flaw in report.flaws
        ],
    }


_WORDS = {
    "missing": "entry {number} is missing, was altered, or lies in another one's place",
    "chain": "entry {number} does not follow from the one before it: one of them was changed",
    "cut": "the log ends otherwise than its last entry ({number}) says: something was cut off or put back",
    "beyond": "rows lie in the log that do not belong to it",
    "signature": "the head kept here for {day} was not signed by this server",
    "rewritten": "the log is not the one that was posted on {day}: it was written anew, or cut short",
    "since": "the log does not contain the head you gave: what was before it was changed, or cut off",
    "unsealed": "sealed objects are there without an entry: this server did not put them there",
    "untold": "sealed objects lie in the group, and no entry says that they were posted",
    "lost": "sealed objects are gone, and no entry says why",
    "returned": "sealed objects are there that were deleted once",
}


def _sentences(report: Report, *, since: Posted | None) -> Iterator[str]:
    yield f"Entries: {report.entries}. Sealed objects: {report.objects}. Heads kept here: {report.heads}."
    yield f"The log's head: {report.end.hash.hex()}"
    counted: Counter[str] = Counter()
    for flaw in report.flaws:
        counted[flaw.fault] += 1
    for fault, number in counted.items():
        yield from _explain([flaw for flaw in report.flaws if flaw.fault == fault], number)
    if report.flaws:
        yield (
            "Something is wrong. Do not restart anything yet: copy the database, tell the leads by another "
            "way than the group, and compare with the last backup."
        )
    elif since is not None:
        yield "Everything follows, up from the head you gave and down to the first entry."
    else:
        yield "Everything follows. Give --since an old head to know that nobody with the keys wrote it anew."


def _explain(flaws: list[Flaw], number: int) -> Iterator[str]:
    words = dict.fromkeys(_WORDS[one.fault].format(number=one.number, day=one.day) for one in flaws)
    for shown in list(words)[:_SHOWN]:
        yield f"- {shown}" + (f" ({number})" if len(words) == 1 and number > 1 else "")
    if len(words) > _SHOWN:
        yield f"- … and {len(words) - _SHOWN} more like this"
