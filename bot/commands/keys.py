"""`vestka keys`: make, show and export keys. Secrets go into files under a passphrase."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import InputRefused, KeyRefused
from bot.keys.files import EVERYBODY, lock_key, unlock_file, write_new
from bot.keys.passphrase import new_passphrase
from bot.keys.public import PublicKeys, public_keys
from storage.sealing import DEFAULT, FLOOR, IdentityKey, Key, RecoveryKey, RootKey

app = typer.Typer(no_args_is_help=True, help="Make, show and export keys.")

_PSEUDONYM = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")

PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="Read the passphrase from this file; else it is asked."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, for scripts.")]
KeyFile = Annotated[Path, typer.Argument(metavar="FILE", help="A key file.")]


class Kind(StrEnum):
    """What a key is for."""

    IDENTITY = "identity"  # a moderator, coordinator or lead
    ROOT = "root"  # signs rosters; stays offline
    RECOVERY = "recovery"  # opens every report; stays offline


@app.command()
def new(
    kind: Annotated[Kind, typer.Option(help="identity, root or recovery.")],
    out: Annotated[Path, typer.Option(help="The new key file. FILE.public is written beside it.")],
    pseudonym: Annotated[str | None, typer.Option(help="For an identity: the only name chats see.")] = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
    light: Annotated[
        bool, typer.Option("--light", help="Weaker but faster key stretching, for machines under 2 GiB.")
    ] = False,
) -> None:
    """Make a key. Prints what may be told; the secret is in the file alone, so make a second copy of it.

    Examples:
      vestka keys new --kind root --out root.key
      vestka keys new --kind identity --pseudonym m-01 --out m-01.key
    """
    public_file = out.with_name(f"{out.name}.public")
    for path in (out, public_file):
        if path.exists():
            raise InputRefused(f"{path} is there already and was left as it is. Choose another name.")
    key = _generate(kind, pseudonym)
    passphrase = new_passphrase(f"Passphrase for {out.name}", passphrase_file)
    write_new(out, lock_key(key, passphrase, cost=FLOOR if light else DEFAULT))
    keys = public_keys(key)
    text = json.dumps(keys.to_json(), indent=1, sort_keys=True) + "\n"
    write_new(public_file, text.encode(), mode=EVERYBODY)
    _tell(keys, as_json=as_json, file=out, public=public_file)


@app.command()
def show(file: KeyFile, passphrase_file: PassphraseFile = None, as_json: AsJson = False) -> None:
    """Show the public half of a key file and its fingerprint. Never a secret.

    Example: vestka keys show m-01.key
    """
    key = unlock_file(file, passphrase_file)
    _tell(public_keys(key), as_json=as_json, file=file)


@app.command("export-age")
def export_age(
    file: KeyFile,
    out: Annotated[str, typer.Option(help="The file to write, or - for the screen.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write the key as the stock `age` program reads it. The result has NO passphrase.

    Example: vestka keys export-age m-01.key --out m-01.age-key
    """
    key = unlock_file(file, passphrase_file)
    if isinstance(key, RootKey):
        raise KeyRefused("A root key signs and opens nothing, so age has no use for it.")
    identity = key.identity
    text = f"# public key: {identity.recipient.to_text()}\n{identity.to_text()}\n"
    typer.echo("WARNING: this key has no passphrase any more. Keep it offline, erase it after use.", err=True)
    if out == "-":
        typer.echo(text, nl=False)
        return
    write_new(Path(out), text.encode())
    typer.echo(f"Written: {out}", err=True)


def _generate(kind: Kind, pseudonym: str | None) -> Key:
    if kind is not Kind.IDENTITY:
        if pseudonym is not None:
            raise InputRefused(f"A {kind} key belongs to the organisation. Leave --pseudonym out.")
        return RootKey.generate() if kind is Kind.ROOT else RecoveryKey.generate()
    if pseudonym is None or not _PSEUDONYM.fullmatch(pseudonym) or pseudonym == Kind.RECOVERY:
        raise InputRefused("An identity needs --pseudonym: small letters, digits and hyphens, like m-01.")
    return IdentityKey.generate(pseudonym)


def _tell(keys: PublicKeys, *, as_json: bool, file: Path, public: Path | None = None) -> None:
    if as_json:
        paths = {"file": str(file)} | ({"public": str(public)} if public else {})
        print(json.dumps({**keys.to_json(), "words": keys.words, **paths}, sort_keys=True))
        return
    print(f"kind:         {keys.kind}")
    for name, value in keys.parts.items():
        print(f"{name + ':':13} {value}")
    print(f"fingerprint:  {keys.fingerprint}")
    print(f"in words:     {keys.words}")
    if public:
        print(f"\nWritten: {file} (secret, under the passphrase)")
        print(f"         {public} (to hand over)")
        print("Make a second copy of the key file. Without file and passphrase nobody can help.")
