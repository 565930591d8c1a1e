"""Sealing anew: on a holder's machine with a new file key, and on the server in the old ones' place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from bot.keys.sealed_files import Found
from storage.objects import Kept
from storage.sealing import (
    CannotOpen,
    Identity,
    Label,
    Resealed,
    Reseals,
    Sealed,
    SealingSet,
    SigningKey,
    epoch_of,
    open_sealed,
    read_label,
    seal,
    sign_seal,
)
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Anew:
    """What was sealed anew, and the names of what could not be opened."""

    objects: tuple[Resealed, ...]
    not_opened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Installed:
    """How many objects were replaced, and how many had gone or changed meanwhile."""

    replaced: int
    gone: int


def seal_anew(
    found: Iterable[Found],
    identity: Identity,
    *,
    to: SealingSet,
    on: date,
    chance: Callable[[int], bytes],
) -> Anew:
    """Open each object and seal what is in it to the set, under a new id; one that is given twice, once.

    :raises CannotOpen: a file is no sealed object.
    """
    done: dict[bytes, Resealed] = {}
    not_opened = []
    for one in found:
        old = read_label(one.data).object_id
        if old in done:
            continue
        try:
            done[old] = _seal_one(one.data, identity, to=to, on=on, object_id=chance(16))
        except CannotOpen:
            not_opened.append(one.name)
    return Anew(tuple(done.values()), tuple(not_opened))


def _seal_one(data: bytes, identity: Identity, *, to: SealingSet, on: date, object_id: bytes) -> Resealed:
    opened = open_sealed(data, [identity])
    sealed = seal(
        opened.kind,
        opened.body,
        object_id=object_id,
        epoch=epoch_of(on),
        to=to,
        schema=opened.schema,
        flags=opened.flags,
    )
    return Resealed(opened.object_id, sha256(data).digest(), sealed.data)


async def install_reseals(
    uow: UnitOfWork, reseals: Reseals, labels: Sequence[Label], *, signing: SigningKey
) -> Installed:
    """Put the new objects in the place of the old ones, all in one unit of work; cards are to follow."""
    replaced, cases = 0, set()
    for resealed, label in zip(reseals.objects, labels, strict=True):
        kept = await uow.objects.get(resealed.old)
        if kept is None or not _is_meant(kept, resealed, label):
            continue
        sealed = Sealed(label.object_id, label.kind, resealed.data)
        signature = sign_seal(signing, sealed.data)
        await uow.objects.put_in_place(kept, sealed, signature=signature, by=reseals.by)
        replaced += 1
        cases |= {kept.case} - {None}
    for case_id in cases:
        case = await uow.cases.get(case_id) if case_id else None
        if case is not None:  # a new revision: its card is posted anew, with the new file
            await uow.cases.replace(case, seen_revision=case.revision)
    return Installed(replaced, len(reseals.objects) - replaced)


def _is_meant(kept: Kept, resealed: Resealed, label: Label) -> bool:
    return kept.sealed.digest == resealed.old_digest and kept.sealed.kind is label.kind
