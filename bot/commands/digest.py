"""`vestka digest`: open a day's bundle on a holder's machine, or only check it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import InputRefused
from bot.exports.folder import check_folder
from bot.exports.reading import Reading
from bot.keys.holder import read_identities, read_sealed
from handlers.sharing.consent import Purpose
from handlers.sharing.digest import Gathering, Told
from handlers.texts import LANGUAGES

SOME_NOT_OPENED = 3
_WORTH_A_BAR = 200  # sealed objects; fewer are opened in less than a second

app = typer.Typer(help="Open the digest of a day, or check it.", no_args_is_help=True)

Bundles = Annotated[list[Path], typer.Argument(readable=False, help="The bundle; all its parts, if several.")]
KeyFile = Annotated[Path, typer.Option("--key", readable=False, help="Your key file, or age identity file.")]
PassphraseFile = Annotated[Path | None, typer.Option(readable=False, help="Read the key's passphrase here.")]
BotKey = Annotated[str | None, typer.Option(help="The server's public signing key, 64 hexadecimal digits.")]
AsJson = Annotated[bool, typer.Option("--json", help="Say the result as one JSON object.")]


@app.command("open")
def open_digest(  # noqa: PLR0917 - Typer passes options by name
    bundles: Bundles,
    key: KeyFile,
    out: Annotated[Path, typer.Option("--out", help="A new folder for the files.")],
    passphrase_file: PassphraseFile = None,
    language: Annotated[str, typer.Option(help="be, ru or en.")] = "be",
    purpose: Annotated[Purpose, typer.Option(help="What the files are for.")] = Purpose.KEEP,
    bot_key: BotKey = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write into a folder that is not empty.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Open a digest and write digest.xlsx, digest.csv, digest.json and digest.html.

    Exit status 3 means: some reports could not be opened; the others are there.

    Example: vestka digest open digest-2026-11-23.age --key my.vkf --out 2026-11-23
    """
    check_language(language)
    check_folder(out, replace=replace)
    reading = _read(bundles, key, passphrase_file=passphrase_file, bot_key=bot_key)
    day = Gathering(purpose)
    files = _write(reading, day, out, language=language)
    more = {"purpose": purpose.value, "people": day.people, "files": list(map(str, files))}
    _tell(reading, day, more, as_json=as_json)


@app.command("verify")
def verify_digest(
    bundles: Bundles,
    key: KeyFile,
    passphrase_file: PassphraseFile = None,
    bot_key: BotKey = None,
    as_json: AsJson = False,
) -> None:
    """Open a digest and everything in it in memory, check hashes and signatures, and write nothing.

    Example: vestka digest verify digest-2026-11-23.age --key my.vkf --bot-key 3f…
    """
    reading = _read(bundles, key, passphrase_file=passphrase_file, bot_key=bot_key)
    day = Gathering(Purpose.STATS)
    for told in _watch(reading):
        day.add(told)
    _tell(reading, day, {}, as_json=as_json)


def check_language(language: str) -> None:
    """Refuse a language without a catalogue, in one sentence."""
    if language not in LANGUAGES:
        raise InputRefused(f"Choose one of {', '.join(LANGUAGES)} as --language.")


def _read(
    bundles: Sequence[Path], key: Path, *, passphrase_file: Path | None, bot_key: str | None
) -> Reading:
    pinned = _parse_bot_key(bot_key)
    parts = [partial(read_sealed, path) for path in bundles]
    return Reading(parts, read_identities(key, passphrase_file), bot_key=pinned)


def _parse_bot_key(text: str | None) -> bytes | None:
    if text is None:
        return None
    try:
        public = bytes.fromhex(text)
    except ValueError:
        public = b""
    if len(public) != 32:
        raise InputRefused("The server's key after --bot-key has 64 hexadecimal digits. Copy it again.")
    return public


def _watch(reading: Reading) -> Iterable[Told]:
    """Draw a progress bar on a terminal, where the work takes a while."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if reading.expected < _WORTH_A_BAR or not console.is_terminal:
        return reading
    return track(reading, "Opening", total=reading.expected, console=console, transient=True)


def _write(reading: Reading, day: Gathering, out: Path, *, language: str) -> list[Path]:
    from bot.exports import write_folder
    from bot.exports.wording import Wording
    from handlers.texts import Texts

    wording = Wording(Texts.load(), language)
    return write_folder(out, _watch(reading), day, bundles=reading.heads, wording=wording)


def _tell(reading: Reading, day: Gathering, more: Mapping[str, object], *, as_json: bool) -> None:
    first = reading.heads[0]
    result = {
        "day": first.day,
        "cases": day.cases,
        "opened": day.opened,
        "not_opened": [asdict(problem) for problem in day.problems],
        "bot_key": first.bot_key.hex(),
        "pinned": reading.pinned,
        "missing_parts": list(day.digest(reading.heads).missing_parts),
        **more,
    }
    print(json.dumps(result, ensure_ascii=False) if as_json else "\n".join(_sentences(reading, day, result)))
    if day.problems:
        raise typer.Exit(SOME_NOT_OPENED)


def _sentences(reading: Reading, day: Gathering, result: dict[str, object]) -> list[str]:
    told = [f"Digest of {result['day']}. Cases: {result['cases']}, reports opened: {result['opened']}."]
    told += [
        f"Could not be opened: {problem.code} ({problem.cause}). The other reports are not affected."
        for problem in day.problems
    ]
    if result["missing_parts"]:
        told.append(f"Parts missing: {result['missing_parts']}. Give all files of the day together.")
    told.append(_trust(reading))
    if "files" in result:
        told.append(f"People in the files for purpose “{result['purpose']}”: {result['people']}. Written:")
    return told + [f"  {path}" for path in _paths(result)]


def _paths(result: dict[str, object]) -> list[str]:
    files = result.get("files", [])
    return files if isinstance(files, list) else []


def _trust(reading: Reading) -> str:
    """How far the signatures prove anything, said honestly."""
    if reading.pinned:
        return (
            "Signatures: the digest itself and every report, checked against the key you gave with --bot-key."
        )
    return (
        "Signatures: checked only against the key inside the digest, which proves that digest and reports "
        "belong together, not which server made them. Give --bot-key to know."
    )
