"""The composition root: settings and passphrase in, a service out. Nothing is built at import."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from secrets import token_bytes

from bot.errors import NotReady
from bot.instance import Instance, utc_now
from bot.logs import alarm
from bot.networks.telegram import Telegram
from bot.profiles import profiles
from bot.service import Service
from bot.settings import Settings
from handlers.events import Room
from handlers.intake.flow import Pack
from handlers.texts import Texts
from storage.operator import OperatorSecrets, load
from storage.sealing import SigningKey, VerifiedRoster, check_backend, sealing_set, verify_roster
from storage.store import Store
from storage.volatile import KeyRing


async def open_service(settings: Settings, passphrase: str) -> Service:
    """Put a whole instance together, or say in one sentence what is missing.

    :raises VestkaError, StorageError, SealingError: with the remedy.
    """
    check_backend()
    secrets = load(settings.secrets_path, passphrase)
    roster = trusted_roster(settings, secrets)
    sealing_set(roster, on=datetime.now(UTC).date(), strict=settings.organisation.strict)
    ring = KeyRing.open(settings.runtime_path, now=utc_now(), allow_disk=settings.places.allow_disk_runtime)
    if ring.warning:
        alarm("runtime.on_disk")
    store = await Store.open(
        settings.database_url,
        ring=ring,
        case_key=secrets.case_key,
        now=utc_now,
        new_id=partial(token_bytes, 16),
    )
    texts = Texts.load()
    network = Telegram(
        secrets.telegram_token,
        api_root=settings.telegram.api_root,
        group=secrets.telegram_group,
        profiles=profiles(texts),
        long_poll_seconds=settings.telegram.long_poll_seconds,
    )
    instance = Instance(
        settings,
        roster,
        SigningKey.from_seed(secrets.signing_seed),
        ring,
        store,
        Pack.load(),
        texts,
        team=Room("telegram", secrets.telegram_group),
    )
    return Service(instance, network)


def trusted_roster(settings: Settings, secrets: OperatorSecrets) -> VerifiedRoster:
    """The roster out of the secrets file, verified against the roots in the settings."""
    if not settings.organisation.roots:
        raise NotReady(
            "No root key is set. Put the public root key into `organisation.roots` (see `vestka keys show`)."
        )
    if not secrets.roster:
        raise NotReady(
            "There is no roster yet. Sign one with `vestka roster sign`, then hand it over with `vestka init`."
        )
    return verify_roster(
        secrets.roster,
        roots=[bytes.fromhex(root) for root in settings.organisation.roots],
        threshold=settings.organisation.signatures,
        newer_than=secrets.roster_serial - 1 if secrets.roster_serial else None,
    )
