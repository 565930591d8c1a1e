"""`vestka reseal`: seal old objects anew to the roster of today; whoever left it opens them no more."""

from __future__ import annotations

import asyncio
import json
import secrets
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.keys import AsJson, PassphraseFile
from bot.commands.roster_file import Roots, Threshold, read_roots
from bot.errors import InputRefused, KeyRefused
from bot.instance import utc_now
from bot.keys.files import read_bytes, unlock_file, write_new
from bot.keys.passphrase import operator_passphrase
from bot.keys.sealed_files import find_objects
from bot.resealing import Installed, install_reseals, seal_anew
from bot.settings import Settings
from bot.settings_file import read_settings
from bot.sole import lock_path, sole
from bot.suspended import Suspended
from bot.trust import trusted_roster
from storage.operator import OperatorSecrets, load
from storage.sealing import (
    RESEALERS,
    IdentityKey,
    Reseals,
    SigningKey,
    VerifiedRoster,
    read_reseals,
    sealing_set,
    verify_roster,
    write_reseals,
)
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing

SOME_NOT_OPENED = 3

app = typer.Typer(help="Seal old objects anew, without whoever left the roster.", no_args_is_help=True)


@app.command()
def make(  # noqa: PLR0913 - Typer passes options by name
    files: Annotated[list[Path], typer.Argument(readable=False, help="Digests and CODE.age files.")],
    *,
    key: Annotated[Path, typer.Option(help="Your key file. You must be a coordinator or lead.")],
    roster: Annotated[Path, typer.Option(help="The signed roster that the server uses now.")],
    root: Roots,
    out: Annotated[Path, typer.Option(help="A new file, for the operator of the server.")],
    threshold: Threshold = 1,
    without: Annotated[
        list[str] | None, typer.Option(help="Somebody suspended in the chat, like m-05. May be repeated.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="The server seals without recovery key.")] = False,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Open objects with your key and seal each anew, with a new file key, to whoever is on the roster today.

    The same text, other readers; nothing readable is written. Exit status 3: some did not open to you.

    Example: vestka reseal make digest-*.age --key m-01.key --roster roster.8.json --root root.key.public \\
      --out reseal-2026-11-23.vrs
    """
    own = unlock_file(key, passphrase_file)
    if not isinstance(own, IdentityKey):
        raise KeyRefused(f"{key} is not a member's key. Seal with the key file of a coordinator or lead.")
    verified = verify_roster(read_bytes(roster), roots=read_roots(root), threshold=threshold)
    today, less = utc_now().date(), verified.without(frozenset(without or ()))
    _check_maker(less, own)
    readers = sealing_set(less, on=today, strict=strict)
    found = find_objects(files, [own.identity])
    anew = seal_anew(found, own.identity, to=readers, on=today, chance=secrets.token_bytes)
    write_new(out, write_reseals(Reseals(own.mod, today, verified.hash, anew.objects), own.signing))
    if as_json:
        print(json.dumps({"sealed": len(anew.objects), "not_opened": list(anew.not_opened)}))
    else:
        print(f"Sealed anew: {len(anew.objects)} objects, in {out}. Hand it to the operator of the server:")
        print(f"  vestka reseal install {out}")
        print("".join(f"Did not open with your key: {name}\n" for name in anew.not_opened), end="")
    if anew.not_opened:
        raise typer.Exit(SOME_NOT_OPENED)


@app.command()
def install(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `vestka reseal make` wrote.")],
    settings: Annotated[Path, typer.Option("--settings", help="The settings file.")] = Path("vestka.toml"),
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Read the operator's passphrase from this file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put what was sealed anew in the place of the old objects, which are deleted. The bot must be stopped.

    Example: vestka reseal install reseal-2026-11-23.vrs --settings /srv/vestka/vestka.toml
    """
    data, known = read_bytes(file), read_settings(settings)
    secrets_ = load(known.secrets_path, operator_passphrase(passphrase_file))
    with sole(lock_path(known)):
        done = asyncio.run(_install(known, secrets_, data))
    if as_json:
        print(json.dumps({"replaced": done.replaced, "gone": done.gone}))
        return
    print(f"Replaced: {done.replaced}. No longer here, or changed meanwhile: {done.gone}.")
    print("Start the bot again: it posts the cards of these cases anew, with the new files.")


def _check_maker(roster: VerifiedRoster, own: IdentityKey) -> None:
    for member in roster.members_on(utc_now().date()):
        if member.identity_key == own.signing.public and member.role in RESEALERS:
            return
    raise InputRefused(
        "Your key is not that of a coordinator or lead of this roster today; the server would refuse what "
        "you make. Ask one who is."
    )


async def _install(settings: Settings, secrets_: OperatorSecrets, data: bytes) -> Installed:
    roster = trusted_roster(settings, secrets_)
    ring = KeyRing.open(settings.runtime_path, now=utc_now(), allow_disk=settings.places.allow_disk_runtime)
    store = await Store.open(
        settings.database_url,
        ring=ring,
        case_key=secrets_.case_key,
        now=utc_now,
        new_id=partial(secrets.token_bytes, 16),
        policy=roster.serial,
    )
    strict, signing = settings.organisation.strict, SigningKey.from_seed(secrets_.signing_seed)

    async def job(uow: UnitOfWork) -> Installed:
        suspended = Suspended()
        await suspended.recall(uow, roster)
        less = roster.without(suspended.names)
        reseals, labels = read_reseals(data, less, on=utc_now().date(), strict=strict)
        return await install_reseals(uow, reseals, labels, signing=signing)

    try:
        return await store.run(job)
    finally:
        await store.close()
