"""Which roster is obeyed: signed by the roots in the settings, and not older than the last one accepted."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from bot.errors import NotReady
from bot.settings import Settings
from handlers.suspensions import suspended_now
from storage.operator import OperatorSecrets
from storage.sealing import (
    RosterRefused,
    SigningKey,
    VerifiedRoster,
    check_successor,
    sealing_set,
    verify_roster,
)
from storage.sealing.audit import Event
from storage.survey import find_suspensions
from storage.unit_of_work import UnitOfWork

_OBEYED = "roster-obeyed"


def trusted_roster(settings: Settings, secrets: OperatorSecrets) -> VerifiedRoster:
    """The roster out of the secrets file, verified against the roots in the settings.

    :raises NotReady: there is no root or no roster yet.
    :raises RosterRefused: unsigned, altered, or older than the last one accepted.
    """
    if not settings.organisation.roots:
        raise NotReady(
            "No root key is set. Put the public root key into `organisation.roots` (see `vestka keys show`)."
        )
    if not secrets.roster:
        raise NotReady(
            "There is no roster yet. Sign one with `vestka roster sign`, "
            "then hand it over with `vestka roster install`."
        )
    return _verify(settings, secrets.roster, newer_than=secrets.roster_serial - 1)


def accept_roster(
    settings: Settings, secrets: OperatorSecrets, data: bytes, *, today: date
) -> OperatorSecrets:
    """The secrets with a newer roster in the place of the old one; the same one again changes nothing.

    Whoever was suspended in the chat vouches for nobody: the database is asked.

    :raises DatabaseUnreachable: it cannot be read.
    :raises RosterRefused: unsigned, altered, not newer than the one in use, of another organisation, or with
        somebody new for whom nobody vouches.
    :raises NobodyToSealTo: nobody in it can open reports today.
    """
    if data == secrets.roster:
        trusted_roster(settings, secrets)
        return secrets
    roster = _verify(settings, data, newer_than=secrets.roster_serial)
    before = _in_use(settings, secrets)
    if before is not None:
        team = before.without(_suspended(settings, secrets, before))
        check_successor(roster, after=team, on=today, vouchers=settings.organisation.vouchers)
    sealing_set(roster, on=today, strict=settings.organisation.strict)
    return replace(secrets, roster=data, roster_serial=roster.serial)


async def note_roster(uow: UnitOfWork, roster: VerifiedRoster) -> None:
    """Have the audit log say that another roster is obeyed from now on."""
    mark = f"{roster.serial}-{roster.hash.hex()}"
    if await uow.marks.get(_OBEYED) != mark:
        await uow.marks.set(_OBEYED, mark)
        uow.audit.note(Event.ROSTER, roster.hash, what="obeyed")


def _in_use(settings: Settings, secrets: OperatorSecrets) -> VerifiedRoster | None:
    """The roster so far; None at the beginning, and where the operator has named other roots."""
    try:
        return trusted_roster(settings, secrets)
    except (NotReady, RosterRefused):
        return None


def _suspended(settings: Settings, secrets: OperatorSecrets, roster: VerifiedRoster) -> frozenset[str]:
    """Whom two of the team suspended since that roster was signed, as the server keeps it."""
    kept = asyncio.run(find_suspensions(settings.database_url, case_key=secrets.case_key))
    return suspended_now(kept, serial=roster.serial, made=roster.made.isoformat())


def bot_key(secrets: OperatorSecrets) -> str:
    """The public half of the key that signs what this bot seals, in hexadecimal digits."""
    return SigningKey.from_seed(secrets.signing_seed).public.hex()


def _verify(settings: Settings, data: bytes, *, newer_than: int) -> VerifiedRoster:
    return verify_roster(
        data,
        roots=[bytes.fromhex(root) for root in settings.organisation.roots],
        threshold=settings.organisation.signatures,
        newer_than=newer_than if newer_than > 0 else None,
    )
