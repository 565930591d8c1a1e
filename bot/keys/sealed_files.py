"""Sealed files as a holder has them: single objects, and digests with the objects inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import InputRefused
from bot.keys.holder import read_sealed
from handlers.sharing.bundle import read_bundle
from handlers.sharing.errors import BundleRefused
from storage.sealing import Identity, Kind, open_sealed, read_label


@dataclass(frozen=True, slots=True)
class Found:
    """A sealed object and what people call it: the code of its case, or the name of its file."""

    name: str
    data: bytes = field(repr=False)


def find_objects(paths: Iterable[Path], identities: Sequence[Identity]) -> Iterator[Found]:
    """Every file, and what lies inside those that are digests.

    :raises InputRefused: a file cannot be read, or is a digest and there is no key to look into it.
    :raises CannotOpen: a file is no sealed object, or a digest that these keys do not open.
    """
    for path in paths:
        data = read_sealed(path)
        yield Found(path.stem, data)
        if read_label(data).kind is Kind.DIGEST:
            yield from _inside(path, data, identities)


def _inside(path: Path, data: bytes, identities: Sequence[Identity]) -> Iterator[Found]:
    if not identities:
        raise InputRefused(f"{path.name} is a digest: give --key to look into it.")
    try:
        bundle = read_bundle(open_sealed(data, identities).body)
    except BundleRefused as refused:
        raise InputRefused(f"{path.name}: {refused}") from None
    for entry in bundle.entries:
        if entry.object is not None:
            yield Found(entry.case.code, entry.object.data)
