"""`vestka try`: the whole way of a report in one terminal, with no account anywhere."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from bot.trying.play import Played, play
from bot.trying.script import Script, read_script
from bot.trying.stage import set_up

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
    folder = data or Path(tempfile.mkdtemp(prefix="vestka-try-")) / "try"
    if script is None and not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        from bot.trying.window import show

        asyncio.run(show(folder.resolve(), language=language))
        return
    played = asyncio.run(_play(folder.resolve(), read_script(script or sample())))
    _print_json(played) if as_json else _print(played)
    raise typer.Exit(1 if played.faults else 0)


def sample() -> Path:
    """The sample script, beside the code in a wheel and at the top of a checkout."""
    inside = Path(str(files("bot"))) / "examples" / SAMPLE
    return inside if inside.exists() else Path(str(files("bot"))).parent / "examples" / SAMPLE


async def _play(folder: Path, script: Script) -> Played:
    stage = await set_up(folder, language=script.language)
    return await play(stage, script)


def _print_json(played: Played) -> None:
    paths = {name: str(getattr(played, name)) for name in ("sealed", "bundle", "key", "passphrase_file")}
    told = {"case": played.case, "language": played.language, **paths, "card": list(played.card)}
    equal = not played.faults
    print(
        json.dumps(
            {**told, "equal": equal, "faults": list(played.faults), "transcript": list(played.transcript)},
            ensure_ascii=False,
        )
    )


def _print(played: Played) -> None:
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
    print(f"\nOpen them:\n  vestka open {played.sealed} {key}")
    print(f"  vestka digest open {played.bundle} {key} --out {played.bundle.parent / 'digest'}")
    if played.faults:
        print(f"\nThe opened report differs from what was told: {', '.join(played.faults)}", file=sys.stderr)
    else:
        print("\nThe opened report equals what was told.")
