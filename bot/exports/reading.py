"""From the sealed files of one day to a digest: open both layers, check every hash and every signature.

One object that does not open is put on a list; it never keeps the others from being read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import InputRefused
from handlers.sharing.bundle import SIGNED_AS, Bundle, Entry, ObjectEntry, read_bundle, signed_bytes
from handlers.sharing.consent import Purpose
from handlers.sharing.digest import Digest, Problem, Told, make_digest
from handlers.sharing.errors import BundleRefused
from storage.sealing import BadSignature, CannotOpen, Identity, Kind, check_seal, open_sealed
from storage.sealing.signatures import check_signature

REPORT_SCHEMA = "vestka.report/1"
_REPORTS = (Kind.REPORT, Kind.CHECKPOINT)

Watch = Callable[[Sequence[Entry]], Iterable[Entry]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `pinned`: checked against a server key that the holder named, not the bundle's own."""

    bundles: tuple[Bundle, ...]
    told: tuple[Told, ...]
    problems: tuple[Problem, ...]
    pinned: bool

    def digest_for(self, purpose: Purpose) -> Digest:
        """The document for one purpose."""
        return make_digest(self.bundles, self.told, self.problems, purpose=purpose)


def read_day(
    parts: Sequence[bytes],
    identities: Sequence[Identity],
    *,
    bot_key: bytes | None = None,
    watch: Watch = iter,
) -> Reading:
    """Open the parts of one day's digest. `watch` passes the entries on, and may draw a progress bar.

    :raises InputRefused: not a digest, damaged, changed, of different days, or signed by another server.
    :raises CannotOpen: the key does not open the bundle.
    """
    bundles = _in_order([_open_bundle(part, identities) for part in parts])
    public = _choose_key(bundles[0], bot_key)
    for bundle in bundles:
        _check_whole(bundle, public)
    told, problems = [], []
    for entry in watch([entry for bundle in bundles for entry in bundle.entries]):
        read = _read_entry(entry, identities, public=public)
        told.append(read if isinstance(read, Told) else Told(entry))
        problems += [read] if isinstance(read, Problem) else []
    return Reading(bundles, tuple(told), tuple(problems), pinned=bot_key is not None)


def parse_report(body: bytes) -> dict[str, Any] | None:
    """The report in an opened body, or None if this version cannot read it."""
    try:
        report = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return report if isinstance(report, dict) and report.get("schema") == REPORT_SCHEMA else None


def _open_bundle(part: bytes, identities: Sequence[Identity]) -> Bundle:
    opened = open_sealed(part, identities)
    if opened.kind is not Kind.DIGEST:
        raise InputRefused("This file is not a digest. Open a single report with: vestka open FILE --key KEY")
    try:
        return read_bundle(opened.body)
    except BundleRefused as refused:
        raise InputRefused(str(refused)) from None


def _in_order(bundles: list[Bundle]) -> tuple[Bundle, ...]:
    """Parts of one digest by number, each once."""
    first = bundles[0]
    same = {(b.day, b.since, b.organisation, b.bot_key, b.parts, b.totals) for b in bundles}
    numbers = sorted(bundle.part for bundle in bundles)
    if len(same) > 1 or numbers != sorted(set(numbers)) or not set(numbers) <= set(range(1, first.parts + 1)):
        raise InputRefused(
            "These files are not parts of one digest, or one is given twice. Open each day on its own."
        )
    return tuple(sorted(bundles, key=lambda bundle: bundle.part))


def _choose_key(bundle: Bundle, bot_key: bytes | None) -> bytes:
    if bot_key is not None and bundle.bot_key != bot_key:
        raise InputRefused(
            "This digest names another server key than --bot-key. Do not use it, and tell the operator."
        )
    return bundle.bot_key


def _check_whole(bundle: Bundle, public: bytes) -> None:
    """Counts and histories lie in no report: without this anybody on the roster could rewrite them."""
    try:
        check_signature(public, SIGNED_AS, message=signed_bytes(bundle), signature=bundle.signature)
    except BadSignature:
        raise InputRefused(
            "The signature inside this digest does not fit it: somebody changed it after the server made it. "
            "Do not use it; download it again from the group, and tell the operator if that does not help."
        ) from None


def _read_entry(entry: Entry, identities: Sequence[Identity], *, public: bytes) -> Told | Problem:
    if entry.object is None:
        return Told(entry)
    cause, report = _read_object(entry, entry.object, identities, public=public)
    return Problem(entry.case.code, cause) if cause else Told(entry, report)


def _read_object(
    entry: Entry, held: ObjectEntry, identities: Sequence[Identity], *, public: bytes
) -> tuple[str, dict[str, Any] | None]:
    """The cause why an object is not read ("" if it is), and its report."""
    if not entry.intact:
        return "altered", None
    try:
        check_seal(public, held.data, held.signature)
        opened = open_sealed(held.data, identities)
    except BadSignature:
        return "signature", None
    except CannotOpen:
        return "unopened", None
    report = parse_report(opened.body)
    if report is None or opened.kind not in _REPORTS or opened.kind != held.kind:
        return "unreadable", None
    return ("", report) if report.get("case") == entry.case.code else ("mismatch", None)
