"""`vestka roster`: who may read and act. Edited anywhere, signed offline with the root key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.keys import AsJson, PassphraseFile
from bot.commands.roster_file import (
    Day,
    Roots,
    RosterFile,
    Threshold,
    read_roots,
    read_roster,
    today,
)
from bot.commands.roster_install import install
from bot.commands.roster_invite import invite
from bot.commands.roster_members import add, renew, suspend, vouch
from bot.commands.roster_revoke import revoke
from bot.commands.roster_show import describe, report
from bot.errors import InputRefused, KeyRefused
from bot.keys.files import read_bytes, replace_file, unlock_file, write_new
from bot.keys.public import read_public_keys
from bot.keys.roster_edits import new_roster, sign
from storage.sealing import VOUCHERS, RootKey, RosterRefused, check_successor, verify_roster

app = typer.Typer(
    no_args_is_help=True, help="Who may read and act: edit, vouch, sign, show and check the roster."
)


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
    write_new(file, new_roster(organisation, recovery=keys, made=today()).to_bytes())
    print(f"Written: {file}. Next: vestka roster add {file} --public m-01.key.public --account telegram=…")


for _command in (add, vouch, renew, suspend, revoke):
    app.command()(_command)


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
    draft = read_roster(file)
    key = unlock_file(root, passphrase_file)
    if not isinstance(key, RootKey):
        raise KeyRefused(
            f"{root} is not a root key. Sign with the key made by `vestka keys new --kind root`."
        )
    data = sign(draft, key.signing, made=today())
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
    report(describe(read_roster(file), on=today(), with_accounts=accounts), as_json=as_json)


@app.command()
def check(  # noqa: PLR0917 - Typer passes options by name
    file: RosterFile,
    root: Roots,
    threshold: Threshold = 1,
    newer_than: Annotated[int | None, typer.Option(help="Serial of the roster in use.")] = None,
    after: Annotated[
        Path | None, typer.Option(help="The signed roster in use: is everybody new vouched for?")
    ] = None,
    on: Day = None,
    as_json: AsJson = False,
) -> None:
    """Check signatures, serial, members and vouchers as the bot does. Exit status 1: it would be refused.

    Example: vestka roster check roster.json --root root.key.public --after roster.7.json
    """
    day, roots = on.date() if on else today(), read_roots(root)
    verified = verify_roster(read_bytes(file), roots=roots, threshold=threshold, newer_than=newer_than)
    if after is not None:
        before = verify_roster(read_bytes(after), roots=roots, threshold=threshold)
        check_successor(verified, after=before, on=day, vouchers=VOUCHERS)
    if not verified.members_on(day):
        raise RosterRefused(f"Nobody in the roster is valid on {day}. Add members or longer days, then sign.")
    report(describe(read_roster(file), on=day, with_accounts=False) | {"valid": True}, as_json=as_json)


app.command()(install)
app.command()(invite)
