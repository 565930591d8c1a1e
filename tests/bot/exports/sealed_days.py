"""Whole days, sealed as the server seals them: bundles, reports, keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from handlers.sharing.bundle import SIGNED_AS, ObjectEntry
from handlers.triage.cases import Case
from storage.sealing import Kind, SigningKey, seal, sign_seal
from storage.sealing.canonical import dump
from tests.handlers.sharing.bundles import build_bundle
from tests.handlers.sharing.samples import DAY, SINCE
from tests.storage.sealing.people import EPOCH, identity_of, set_of

BOT = SigningKey.from_seed(bytes(range(32)))
HOLDER = identity_of(0)
STRANGER = identity_of(30)
READERS = set_of(2)
sign_bundle = partial(BOT.sign, SIGNED_AS)


def seal_body(body: bytes, *, object_id: bytes = bytes(16), kind: Kind = Kind.REPORT) -> ObjectEntry:
    """One sealed object with its signature, as it lies on the server."""
    data = seal(kind, body, object_id=object_id, epoch=EPOCH, to=READERS).data
    return ObjectEntry(int(kind), data, sign_seal(BOT, data))


def seal_reports(cases: Iterable[Case], reports: Iterable[Mapping[str, Any]]) -> dict[bytes, ObjectEntry]:
    """The sealed report of each case."""
    pairs = zip(cases, reports, strict=True)
    return {case.id: seal_body(dump(report), object_id=case.id) for case, report in pairs}


def seal_day(cases: Sequence[Case], objects: Mapping[bytes, ObjectEntry], **changes: Any) -> list[bytes]:
    """The sealed parts of the day's digest."""
    return [seal_bundle(body) for body in write_day(cases, objects, **changes)]


def write_day(cases: Sequence[Case], objects: Mapping[bytes, ObjectEntry], **changes: Any) -> list[bytes]:
    """The parts of the day's digest before they are sealed."""
    settings = {"since": SINCE, "organisation": "Узор", "bot_key": BOT.public, "sign": sign_bundle, **changes}
    return build_bundle(DAY, cases, objects, **settings)


def seal_bundle(body: bytes) -> bytes:
    """A bundle as anybody on the roster can seal it: sealing proves nothing about who wrote it."""
    return seal(Kind.DIGEST, body, object_id=bytes(16), epoch=EPOCH, to=READERS).data


def write_key(folder: Path) -> Path:
    """The holder's key as an age identity file."""
    path = folder / "key.txt"
    path.write_text(f"# invented\n{HOLDER.to_text()}\n", encoding="utf-8")
    return path


def write_parts(folder: Path, parts: Sequence[bytes]) -> list[Path]:
    """The sealed parts as files."""
    paths = [folder / f"digest-{number}.age" for number, _ in enumerate(parts, 1)]
    for path, part in zip(paths, parts, strict=True):
        path.write_bytes(part)
    return paths


def load(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))
