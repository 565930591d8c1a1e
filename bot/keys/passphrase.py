"""Passphrases: asked for without echo, or read from a file. Never from the environment, never an argument.

Both would show in process lists and logs. A systemd credential is a file, too.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import typer

from bot.errors import PassphraseRefused

SHORTEST = 12  # letters, for new keys; old ones open with whatever they were made with
LONGEST = 4096  # bytes; a larger file is not a passphrase but a wrong path

CREDENTIAL = "vestka-passphrase"  # of systemd: a file in the folder that $CREDENTIALS_DIRECTORY names

Ask = Callable[[str], str]


def operator_passphrase(path: Path | None, *, ask: Ask | None = None) -> str:
    """The operator's passphrase: from --passphrase-file, else systemd's credential, else the terminal.

    :raises PassphraseRefused: as `read_passphrase`.
    """
    return read_passphrase(path or _credential(), prompt="Operator's passphrase", ask=ask)


def read_passphrase(path: Path | None, *, prompt: str, ask: Ask | None = None) -> str:
    """The passphrase of something that exists, from a file or, without one, from the terminal.

    :raises PassphraseRefused: the file cannot be read, nothing was given, or there is no terminal.
    """
    return _given(_from_file(path) if path else (ask or _ask_terminal)(prompt))


def new_passphrase(prompt: str, path: Path | None = None, *, ask: Ask | None = None) -> str:
    """A passphrase for something new: at least 12 letters, typed twice where it is typed.

    :raises PassphraseRefused: too short, or the two do not agree; and as `read_passphrase`.
    """
    chosen = read_passphrase(path, prompt=f"{prompt} (new)", ask=ask)
    if len(chosen.strip()) < SHORTEST:
        raise PassphraseRefused(
            f"The passphrase is shorter than {SHORTEST} letters. Choose seven random words."
        )
    if path is None and (ask or _ask_terminal)(f"{prompt} (once more)") != chosen:
        raise PassphraseRefused("The two passphrases differ. Nothing was written; start again.")
    return chosen


def _credential() -> Path | None:
    folder = os.environ.get("CREDENTIALS_DIRECTORY")  # names a place, holds no secret
    path = Path(folder, CREDENTIAL) if folder else None
    return path if path is not None and path.is_file() else None


def _given(passphrase: str) -> str:
    if not passphrase.strip():
        raise PassphraseRefused(
            "The passphrase is empty. Type it, or put it into a file for --passphrase-file."
        )
    return passphrase


def _from_file(path: Path) -> str:
    """The file's text without one line end; other white space may belong to the passphrase."""
    try:
        with path.expanduser().open("rb") as file:
            mode, raw = path.expanduser().stat().st_mode, file.read(LONGEST + 1)
    except OSError:
        raise PassphraseRefused(
            f"The passphrase file {path} cannot be read. Check path and rights."
        ) from None
    if len(raw) > LONGEST:
        raise PassphraseRefused(f"{path} is too long for a passphrase. Check the path.")
    if stat.S_ISREG(mode) and mode & (stat.S_IRGRP | stat.S_IROTH):
        typer.echo(f"Note: others on this machine can read {path}. Run: chmod 600 {path}", err=True)
    try:
        return raw.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise PassphraseRefused(f"{path} is not text in UTF-8. Save it as plain text.") from None


def _ask_terminal(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise PassphraseRefused(
            "There is no terminal to ask for the passphrase. Give --passphrase-file FILE."
        )
    return str(typer.prompt(prompt, hide_input=True, default="", show_default=False))
