"""Sets up a whole instance in one folder: keys, roster, database, console network. All of it is for show.

The key file and its passphrase lie beside each other on purpose, so that the sealed report can be opened
at once. A real instance keeps them on different machines (docs/operating.md).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.errors import InputRefused
from bot.instance import Instance, utc_now
from bot.networks.console import NAME, Console
from bot.service import Service
from bot.settings import Organisation, Places, Settings, Team
from bot.trust import note_roster
from handlers.intake.flow import Pack
from handlers.texts import Texts
from storage.sealing import (
    FLOOR,
    Identity,
    IdentityKey,
    Member,
    RecoveryKey,
    Roster,
    SigningKey,
    VerifiedRoster,
    lock,
    sign_roster,
    verify_roster,
)
from storage.store import Store
from storage.volatile import KeyRing

REPORTER = "reporter"
MODERATOR = "moderator"


@dataclass(frozen=True, slots=True)
class Stage:
    """The running demonstration and where its files lie."""

    instance: Instance
    console: Console
    service: Service
    folder: Path
    key: Path
    passphrase_file: Path
    identity: Identity = field(repr=False)

    async def settle(self) -> None:
        """Until everything that was said is answered."""
        await self.console.taken()
        await self.service.settle()


async def set_up(folder: Path, *, language: str, now: datetime | None = None) -> Stage:
    """Make everything anew in `folder`.

    :raises InputRefused: the folder is not empty, or cannot be written to.
    """
    clock = utc_now if now is None else lambda: now
    _prepare(folder)
    own, roster, signing = _keys(clock())
    key, passphrase_file = _write_key(folder, own)
    ring = KeyRing.open(folder / "runtime", now=clock(), allow_disk=True)
    store = await Store.open(
        f"sqlite+aiosqlite:///{folder / 'vestka.db'}",
        ring=ring,
        case_key=secrets.token_bytes(32),
        now=clock,
        new_id=lambda: secrets.token_bytes(16),
        policy=roster.serial,
    )
    await store.run(lambda uow: note_roster(uow, roster))
    settings = Settings(
        organisation=Organisation(name="Vestka try"),
        places=Places(runtime=folder / "runtime", allow_disk_runtime=True),
        team=Team(language="be" if language not in {"ru", "en"} else language),  # type: ignore[arg-type]  # narrowed
        base=folder,
    )
    instance = Instance(settings, roster, signing, ring, store, Pack.load(), Texts.load(), now=clock)
    console = Console()
    service = Service(instance, console, unlimited=True)
    return Stage(instance, console, service, folder, key, passphrase_file, own.identity)


def _prepare(folder: Path) -> None:
    """A new or empty folder, its owner's alone; what somebody keeps elsewhere is never touched."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        filled = any(folder.iterdir())
    except OSError:
        raise InputRefused(
            f"{folder} cannot be used. Name a new folder in a place you may write to."
        ) from None
    if filled:
        raise InputRefused(f"{folder} is not empty. Name a new folder; nothing in this one was changed.")


def _keys(now: datetime) -> tuple[IdentityKey, VerifiedRoster, SigningKey]:
    """One moderator, one recovery key, one root: drawn now, and only the moderator's is kept."""
    root, own = SigningKey.generate(), IdentityKey.generate("m-01")
    member = Member(
        pseudonym=own.mod,
        accounts={NAME: MODERATOR},
        recipient=own.identity.recipient,
        identity_key=own.signing.public,
        role="lead",
        not_before=now.date() - timedelta(days=1),
        expires=now.date() + timedelta(days=90),
        suspended=False,
    )
    roster = Roster(
        organisation="Vestka try",
        serial=1,
        made=now.date(),
        members=(member,),
        recovery=RecoveryKey.generate().identity.recipient,
    )
    return own, verify_roster(sign_roster(roster, [root]), roots=[root.public]), SigningKey.generate()


def _write_key(folder: Path, own: IdentityKey) -> tuple[Path, Path]:
    passphrase = secrets.token_urlsafe(18)
    key, passphrase_file = folder / "moderator.vkf", folder / "passphrase.txt"
    try:
        for path, data in (
            (passphrase_file, f"{passphrase}\n".encode()),
            (key, lock(own.to_content(), passphrase, cost=FLOOR)),
        ):
            path.touch(mode=0o600)
            path.write_bytes(data)
    except OSError:
        raise InputRefused(f"{folder} cannot be written to. Check rights and free space.") from None
    return key, passphrase_file
