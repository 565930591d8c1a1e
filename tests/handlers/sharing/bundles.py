"""Whole digests in one go, for tests: outline, share out, fill, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from handlers.sharing.bundle import LIMIT, Bundle, ObjectEntry, Outline, fill_entries, write_bundle
from handlers.triage.cases import Case


def build_bundle(
    day: str,
    cases: Iterable[Case],
    objects: Mapping[bytes, ObjectEntry],
    *,
    since: str,
    organisation: str,
    bot_key: bytes,
    sign: Callable[[bytes], bytes],
    limit: int = LIMIT,
) -> list[bytes]:
    """The bodies of the parts of the digest of `day`."""
    outline = Outline(day, since)
    for case in cases:
        outline.add(case)
    groups = outline.share_out({case: len(held.data) for case, held in objects.items()}, limit=limit)
    totals, parts = outline.totals, len(groups)
    bundles = [
        Bundle(day, since, organisation, bot_key, number, parts, totals, fill_entries(group, objects))
        for number, group in enumerate(groups, 1)
    ]
    return [write_bundle(bundle, sign) for bundle in bundles]
