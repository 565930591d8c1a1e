"""`vestka roster add`, `vouch`, `renew`, `suspend`: one member at a time, before the root signs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.keys import PassphraseFile
from bot.commands.roster_file import Day, Pseudonym, RosterFile, read_roster, today, write_draft
from bot.errors import InputRefused, KeyRefused
from bot.keys.files import unlock_file
from bot.keys.public import read_public_keys
from bot.keys.roster_edits import Entry, add_member, renew_members, suspend_member, vouch_for
from storage.sealing import ROLES, IdentityKey

VALID_DAYS = 90


def add(
    file: RosterFile,
    *,
    public: Annotated[Path, typer.Option(help="The member's .public file.")],
    account: Annotated[list[str], typer.Option(help="network=id, like telegram=123456. May be repeated.")],
    role: Annotated[str, typer.Option(help=f"One of: {', '.join(ROLES)}.")] = "moderator",
    since: Day = None,
    until: Day = None,
    fingerprint: Annotated[
        str | None, typer.Option(help="What the member read out to you, words or letters; compared.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="In the place of the same pseudonym.")] = False,
) -> None:
    """Put a member in, from the day --since (today) to the day --until (90 days later), both included.

    Example: vestka roster add roster.json --public m-01.key.public --account telegram=123456 --role lead
    """
    first = since.date() if since else today()
    entry = Entry(
        keys=read_public_keys(public, kind="identity"),
        accounts=account,
        role=role,
        not_before=first,
        expires=until.date() if until else first + timedelta(days=VALID_DAYS),
    )
    if fingerprint is not None and not entry.keys.sounds_like(fingerprint):
        raise InputRefused(
            f"The fingerprint of {public} is another one. Do not use this file; ask its owner."
        )
    write_draft(file, add_member(read_roster(file), entry, replace=replace))
    print(f"fingerprint: {entry.keys.fingerprint}   compare it with {entry.keys.parts['pseudonym']} by voice")
    print(f"in words:    {entry.keys.words}")


def vouch(
    file: RosterFile,
    pseudonym: Pseudonym,
    key: Annotated[Path, typer.Option(help="Your own key file. You must be in the roster in use.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Stand up for a member who is new, or has another key, account or role. Two do so before the root signs.

    Example: vestka roster vouch roster.json m-07 --key m-01.key
    """
    own = unlock_file(key, passphrase_file)
    if not isinstance(own, IdentityKey):
        raise KeyRefused(f"{key} is not a member's key. Whoever vouches does it with their own key file.")
    write_draft(file, vouch_for(read_roster(file), pseudonym, own))
    print(f"{own.mod} vouches for {pseudonym}. A later change of key, account or role takes this away.")


def renew(
    file: RosterFile,
    pseudonyms: Annotated[
        list[str] | None, typer.Argument(metavar="[PSEUDONYM]…", help="Like m-01 m-02; none: everybody.")
    ] = None,
    until: Day = None,
) -> None:
    """Let members go on to the day --until (90 days from today). Keys, accounts and roles stay.

    Suspended members stay suspended.

    Example: vestka roster renew roster.json m-01 m-02
    """
    last = until.date() if until else today() + timedelta(days=VALID_DAYS)
    write_draft(file, renew_members(read_roster(file), pseudonyms or (), until=last))


def suspend(
    file: RosterFile,
    pseudonym: Pseudonym,
    undo: Annotated[bool, typer.Option("--undo", help="Let the member return.")] = False,
) -> None:
    """Let a member neither read nor act, until undone. It takes effect when the bot gets the signed roster.

    Two moderators do it at once in the chat: /suspend. Sign it here as well; only a roster lets them return.

    Example: vestka roster suspend roster.json m-01
    """
    write_draft(file, suspend_member(read_roster(file), pseudonym, suspended=not undo))
