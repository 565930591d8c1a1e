"""`vestka roster`: who may read and act. Edited anywhere, signed offline with the root key."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.keys import AsJson, PassphraseFile
from bot.commands.roster_install import install
from bot.commands.roster_invite import invite
from bot.commands.roster_show import describe, report
from bot.errors import InputRefused, KeyRefused
from bot.keys.files import read_bytes, replace_file, unlock_file, write_new
from bot.keys.public import read_public_keys
from bot.keys.roster_edits import Entry, add_member, drop_member, new_roster, sign, suspend_member
from storage.sealing import ROLES, RootKey, Roster, RosterRefused, verify_roster

app = typer.Typer(no_args_is_help=True, help="Who may read and act: edit, sign, show and check the roster.")

RosterFile = Annotated[Path, typer.Argument(metavar="ROSTER", help="The roster file.")]
Pseudonym = Annotated[str, typer.Argument(metavar="PSEUDONYM", help="Like m-01.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day like 2026-11-23.")]

VALID_DAYS = 90


@app.command()
def new(
    file: RosterFile,
    organisation: Annotated[str, typer.Option(help="Name of the organisation.")],
    recovery: Annotated[Path | None, typer.Option(help="The recovery key's .public file.")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="No recovery key: no moderators, no reports.")
    ] = False,
) -> None:
    """Begin a roster. It counts for nothing until it is signed.

    Example: vestka roster new roster.json --organisation "Prykladny Centr" --recovery recovery.key.public
    """
    if (recovery is None) is not strict:
        raise InputRefused("Give either --recovery FILE.public, or --strict for no recovery key at all.")
    keys = read_public_keys(recovery, kind="recovery") if recovery else None
    write_new(file, new_roster(organisation, recovery=keys, made=_today()).to_bytes())
    print(f"Written: {file}. Next: vestka roster add {file} --public m-01.key.public --account telegram=…")


@app.command()
def add(
    file: RosterFile,
    *,
    public: Annotated[Path, typer.Option(help="The member's .public file.")],
    account: Annotated[list[str], typer.Option(help="network=id, like telegram=123456. May be repeated.")],
    role: Annotated[str, typer.Option(help=f"One of: {', '.join(ROLES)}.")] = "moderator",
    since: Day = None,
    until: Day = None,
    fingerprint: Annotated[
        str | None, typer.Option(help="What the member read out to you; compared.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="In the place of the same pseudonym.")] = False,
) -> None:
    """Put a member in, from the day --since (today) to the day --until (90 days later), both included.

    Example: vestka roster add roster.json --public m-01.key.public --account telegram=123456 --role lead
    """
    first = since.date() if since else _today()
    entry = Entry(
        keys=read_public_keys(public, kind="identity"),
        accounts=account,
        role=role,
        not_before=first,
        expires=until.date() if until else first + timedelta(days=VALID_DAYS),
    )
    if fingerprint is not None and _letters(fingerprint) != _letters(entry.keys.fingerprint):
        raise InputRefused(
            f"The fingerprint of {public} is another one. Do not use this file; ask its owner."
        )
    _edit(file, add_member(_read(file), entry, replace=replace))
    print(f"fingerprint: {entry.keys.fingerprint}   compare it with {entry.keys.parts['pseudonym']} by voice")


@app.command()
def remove(file: RosterFile, pseudonym: Pseudonym) -> None:
    """Take a member out. What they were sent before stays readable to them.

    Example: vestka roster remove roster.json m-01
    """
    _edit(file, drop_member(_read(file), pseudonym))


@app.command()
def suspend(
    file: RosterFile,
    pseudonym: Pseudonym,
    undo: Annotated[bool, typer.Option("--undo", help="Let the member return.")] = False,
) -> None:
    """Let a member neither read nor act, until undone. It takes effect when the bot gets the signed roster.

    Example: vestka roster suspend roster.json m-01
    """
    _edit(file, suspend_member(_read(file), pseudonym, suspended=not undo))


@app.command("sign")
def sign_file(
    file: RosterFile,
    root: Annotated[Path, typer.Option(help="The root's key file. Best on a machine without network.")],
    out: Annotated[Path | None, typer.Option(help="A new file for the signed roster; else in place.")] = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Sign the roster with the organisation's root key.

    Example: vestka roster sign roster.json --root root.key
    """
    draft = _read(file)
    key = unlock_file(root, passphrase_file)
    if not isinstance(key, RootKey):
        raise KeyRefused(
            f"{root} is not a root key. Sign with the key made by `vestka keys new --kind root`."
        )
    data = sign(draft, key.signing, made=_today())
    if out is None:
        replace_file(file, data)
    else:
        write_new(out, data)
    print(f"Signed: {out or file}, serial {draft.serial}.")
    print(f"Root for the settings: {key.signing.public.hex()}")


@app.command()
def show(
    file: RosterFile,
    accounts: Annotated[bool, typer.Option("--accounts", help="Show the accounts as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what stands in a roster, whether signed or not. This is not a check.

    Example: vestka roster show roster.json
    """
    report(describe(_read(file), on=_today(), with_accounts=accounts), as_json=as_json)


@app.command()
def check(
    file: RosterFile,
    root: Annotated[list[str], typer.Option(help="64 hexadecimal digits, or the root's .public file.")],
    threshold: Annotated[int, typer.Option(help="How many roots must have signed.")] = 1,
    newer_than: Annotated[int | None, typer.Option(help="Serial of the roster in use.")] = None,
    on: Day = None,
    as_json: AsJson = False,
) -> None:
    """Check signatures, serial and members as the bot does. Exit status 1 when it would be refused.

    Example: vestka roster check roster.json --root root.key.public
    """
    data, day = read_bytes(file), on.date() if on else _today()
    roots = [_root(text) for text in root]
    verified = verify_roster(data, roots=roots, threshold=threshold, newer_than=newer_than)
    if not verified.members_on(day):
        raise RosterRefused(f"Nobody in the roster is valid on {day}. Add members or longer days, then sign.")
    report(describe(_read(file), on=day, with_accounts=False) | {"valid": True}, as_json=as_json)


app.command("install")(install)
app.command("invite")(invite)


def _read(file: Path) -> Roster:
    return Roster.from_bytes(read_bytes(file))


def _edit(file: Path, roster: Roster) -> None:
    replace_file(file, roster.to_bytes())
    print(f"Written: {file}, serial {roster.serial}, not signed. Next: vestka roster sign {file} --root …")


def _root(text: str) -> bytes:
    if len(text) == 64 and not Path(text).exists():
        try:
            return bytes.fromhex(text)
        except ValueError:
            raise InputRefused("A root is 64 hexadecimal digits, or a .public file.") from None
    return bytes.fromhex(read_public_keys(Path(text), kind="root").parts["root"])


def _letters(fingerprint: str) -> str:
    return "".join(fingerprint.lower().replace("-", " ").split())


def _today() -> date:
    return datetime.now(UTC).date()
