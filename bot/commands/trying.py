"""`vestka try`: the whole way of a report in one terminal, with no account anywhere."""

from __future__ import annotations

import asyncio
import io
import json
import os
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.digest import check_language
from bot.errors import InputRefused

if TYPE_CHECKING:
    from bot.trying.play import Played
    from bot.trying.script import Script

SAMPLE = "mother.be.txt"


def trying(
    script: Annotated[
        Path | None, typer.Option(help="Play this script: one message per line, as a person would type.")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="Where everything is put; a new folder.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object about what was played.")] = False,
    language: Annotated[str, typer.Option(help="Language of the phone in the window: be, ru or en.")] = "be",
) -> None:
    """Try everything: answer as a reporter, see the card, open the sealed report and the digest.

    In a terminal it opens a window; with --script, or without a terminal, it plays a script and ends.
    Exit status 0 only if the opened report equals what was told.

    Example: vestka try --script examples/mother.be.txt --data /tmp/vestka-try --json
    """
    check_language(language)
    if script is None and not as_json and _at_a_terminal():
        asyncio.run(_show(_choose_folder(data), language))
        return
    from bot.trying.script import read_script

    told = read_script(script or sample())  # refused before anything is made
    played = asyncio.run(_play(_choose_folder(data), told))
    _print_json(played) if as_json else _print(played)
    raise typer.Exit(1 if played.faults else 0)


def _at_a_terminal() -> bool:
    """Whether a window can be shown (it draws on standard error); standard input may even be closed."""
    ends = (sys.stdin, sys.stdout, sys.stderr)
    return os.environ.get("TERM") != "dumb" and all(end is not None and end.isatty() for end in ends)


def _choose_folder(data: Path | None) -> Path:
    try:
        return (data or Path(tempfile.mkdtemp(prefix="vestka-try-"))).resolve()
    except OSError:
        raise InputRefused("There is no folder for temporary files. Name one with --data.") from None


def sample() -> Path:
    """The sample script, beside the code in a wheel and at the top of a checkout."""
    inside = Path(str(files("bot"))) / "examples" / SAMPLE
    return inside if inside.exists() else Path(str(files("bot"))).parent / "examples" / SAMPLE


async def _show(folder: Path, language: str) -> None:
    from bot.trying.stage import set_up
    from bot.trying.window import show

    await show(await set_up(folder, language=language), language=language)
    print(f"Everything lies in {folder}. Delete it when you have seen enough.")


async def _play(folder: Path, script: Script) -> Played:
    from bot.trying.play import play
    from bot.trying.stage import set_up

    stage = await set_up(folder, language=script.language)
    return await play(stage, script)


def _print_json(played: Played) -> None:
    paths = {name: str(getattr(played, name)) for name in ("sealed", "bundle", "key", "passphrase_file")}
    told = {"case": played.case, "language": played.language, **paths, "card": list(played.card)}
    equal = not played.faults
    print(
        json.dumps(
            {**told, "equal": equal, "faults": list(played.faults), "transcript": list(played.transcript)},
            ensure_ascii=not _speaks_unicode(),
        )
    )


def _program() -> str:
    """How this very program is started from here, so that the lines can be copied as they are."""
    beside = Path(sys.executable).with_name("vestka")
    if not beside.exists():
        return "vestka"
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)


def _speaks_unicode() -> bool:
    """Whether every letter can be printed as it is; a terminal of another alphabet gets \\u escapes."""
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _print(played: Played) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    for turn in played.transcript:
        mark = "> " if turn["who"] == "reporter" else "  "
        print("\n".join(mark + line for line in turn["text"].splitlines()), end="\n\n")
    print("The card in the moderators' group:")
    print("\n".join(f"  {line}" for line in played.card), end="\n\n")
    for label, path in (
        ("Sealed report", played.sealed),
        ("Digest bundle", played.bundle),
        ("Demonstration key", played.key),
        ("Its passphrase", played.passphrase_file),
    ):
        print(f"{label + ':':<19}{path}")
    key = f"--key {played.key} --passphrase-file {played.passphrase_file}"
    program = _program()
    print(f"\nOpen them:\n  {program} open {played.sealed} {key}")
    print(f"  {program} digest open {played.bundle} {key} --out {played.bundle.parent / 'digest'}")
    if played.faults:
        print(f"\nThe opened report differs from what was told: {', '.join(played.faults)}", file=sys.stderr)
    else:
        print("\nThe opened report equals what was told.")
