"""The composition root: settings and passphrase in, a service out. Nothing is built at import."""

from __future__ import annotations

from functools import partial
from secrets import token_bytes

from bot.instance import Instance, utc_now
from bot.logs import alarm
from bot.networks.telegram import Telegram
from bot.profiles import profiles
from bot.service import Service
from bot.settings import Settings
from bot.timekeeper import Timekeeper
from bot.trust import note_roster, trusted_roster
from handlers.intake.flow import Pack
from handlers.texts import Texts
from storage.operator import OperatorSecrets, load
from storage.sealing import SigningKey, check_backend, sealing_set
from storage.store import Store
from storage.volatile import KeyRing


async def open_service(settings: Settings, passphrase: str) -> Service:
    """Put a whole instance together, or say in one sentence what is missing.

    The store comes last: whatever is refused before it leaves nothing open.

    :raises VestkaError, StorageError, SealingError, TokenRefused: with the remedy.
    """
    check_backend()
    return await put_together(settings, load(settings.secrets_path, passphrase))


async def put_together(settings: Settings, secrets: OperatorSecrets) -> Service:
    """The same from secrets that are open already."""
    roster = trusted_roster(settings, secrets)
    sealing_set(roster, on=utc_now().date(), strict=settings.organisation.strict)
    texts, pack = Texts.load(), Pack.load()
    network = _network(settings, secrets, texts)
    clock = Timekeeper(lambda: network.server_time)
    ring = KeyRing.open(settings.runtime_path, now=utc_now(), allow_disk=settings.places.allow_disk_runtime)
    if ring.warning:
        alarm("runtime.on_disk")
    store = await Store.open(
        settings.database_url,
        ring=ring,
        case_key=secrets.case_key,
        now=clock.now,
        new_id=partial(token_bytes, 16),
        policy=roster.serial,
    )
    await store.run(lambda uow: note_roster(uow, roster))
    signing = SigningKey.from_seed(secrets.signing_seed)
    instance = Instance(settings, roster, signing, ring, store, pack, texts, now=clock.now)
    return Service(instance, network, clock=clock, watched=network)


def _network(settings: Settings, secrets: OperatorSecrets, texts: Texts) -> Telegram:
    return Telegram(
        secrets.telegram_token,
        api_root=settings.telegram.api_root,
        group=secrets.telegram_group,
        profiles=profiles(texts),
        long_poll_seconds=settings.telegram.long_poll_seconds,
    )
