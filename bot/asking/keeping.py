"""What a case learns of its questions: delivered, answered, blocked, out of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.instance import Instance
from bot.posting import post_card
from handlers.asking.ways import Way
from handlers.events import Room
from handlers.triage.cases import Case, Reached
from handlers.triage.contacts import hear, hear_of, open_contact, reach
from storage.outbox import Letter
from storage.sealing import REPORTS, Kind, canonical, epoch_of, seal, sign_seal
from storage.unit_of_work import UnitOfWork

PRIORITY = 15  # after red cards and answers to moderators


async def keep_way(
    instance: Instance, uow: UnitOfWork, room: Room, *, case: bytes, code: str, language: str
) -> None:
    """The reporter may be asked, until today's key is forgotten. Of a case that is not kept nothing is."""
    if await uow.cases.get(case) is not None:
        await uow.ways.keep(Way(case, code, room, language, day=instance.ring.today.day))


async def forget_ways(instance: Instance, uow: UnitOfWork, room: Room, state: Reached) -> None:
    """No case leads to this chat any more; open questions end so."""
    for way in await uow.ways.drop_room(room):
        await note(instance, uow, way.case, state)


async def note(instance: Instance, uow: UnitOfWork, case_id: bytes, state: Reached) -> None:
    """The open question of this case stands so now."""
    case = await uow.cases.get(case_id)
    changed = reach(case, state) if case else None
    if case is not None and changed is not None:
        await _keep(instance, uow, case, changed)


async def note_delivered(instance: Instance, uow: UnitOfWork, case_id: bytes) -> None:
    """The network has taken the question."""
    case = await uow.cases.get(case_id)
    contact = open_contact(case) if case else None
    if contact is not None and contact.state is Reached.WAITING:
        await note(instance, uow, case_id, Reached.SENT)


async def keep_addition(
    instance: Instance, uow: UnitOfWork, room: Room, case_id: bytes, addition: Mapping[str, object]
) -> None:
    """Seal an answer to the roster, keep it with its case, and let its file be posted.

    Where its case was joined to another one, people see the mark and the file there.
    """
    case = await uow.cases.get(case_id)
    if case is None or await uow.authors.is_shadowed(room):
        return
    number = 2 + len(await uow.objects.of_case(case_id, Kind.ADDITION))
    object_id = await _seal(instance, uow, case_id, addition)
    whole = next(reversed(await uow.cases.above(case)), None)
    await _keep(instance, uow, case, hear(case))
    if whole is not None:
        await _keep(instance, uow, whole, hear_of(whole))
    payload = {
        "kind": "addition",
        "object": object_id.hex(),
        "case": (whole or case).id.hex(),
        "name": f"{case.code}-{number}.age",
        "code": case.code,
    }
    await uow.outbox.put(Letter(instance.chance(16), f"addition:{object_id.hex()}", PRIORITY, payload))


async def expire(instance: Instance, uow: UnitOfWork) -> None:
    """Open questions whose way back is gone will not be answered any more."""
    for case in await uow.cases.all():
        if open_contact(case) is not None and await uow.ways.of_case(case.id) is None:
            await note(instance, uow, case.id, Reached.EXPIRED)


async def _seal(instance: Instance, uow: UnitOfWork, case: bytes, addition: Mapping[str, object]) -> bytes:
    reports = await uow.objects.of_case(case, *REPORTS)
    today = instance.today()
    body = {**addition, "report": reports[-1].id.hex() if reports else None, "day": today.isoformat()}
    sealed = seal(
        Kind.ADDITION,
        canonical.dump(body),
        object_id=instance.chance(16),
        epoch=epoch_of(today),
        to=instance.duty_set(),
    )
    signature = sign_seal(instance.signing, sealed.data)
    await uow.objects.keep(sealed, case=case, signature=signature, day=today)
    return sealed.object_id


async def _keep(instance: Instance, uow: UnitOfWork, case: Case, changed: Case) -> None:
    touched = replace(changed, touched=instance.today().isoformat())
    kept = await uow.cases.replace(touched, seen_revision=case.revision)
    await post_card(instance, uow, kept)
