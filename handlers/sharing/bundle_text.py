"""The bundle as canonical JSON (RFC 8785), and back. A second spelling of the same content is refused.

The server signs the whole document, its counts and histories included. Handlers hold no keys, so whoever
writes a bundle passes in how to sign, and whoever reads one checks `signed_bytes` against a key.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from handlers.sharing.counters import Counters, Counts
from handlers.sharing.entries import Bundle, Entry, ObjectEntry, Totals
from handlers.sharing.errors import BundleRefused
from handlers.sharing.news import News
from handlers.triage.cases import Case, Override, Part, Status, Step
from handlers.triage.facts import CardFacts, Level

VERSION = 1
SCHEMA = "vestka.digest/1"
SIGNED_AS = b"vestka/digest/v1\0"  # before the signed bytes; no other signature of the server begins so
DAMAGED = "The digest bundle is damaged. Download it again and compare its size with the one in the group."
NEWER = "This digest bundle was made by a newer version of Vestka. Update Vestka here, then open it."

_PART_NAME = b',"part":'  # cannot stand inside a text, where quotes are escaped
_PART = re.compile(rb',"part":([0-9]{1,9}),"parts":')
# where the cases and the signature stand; such names, too, cannot stand inside a text
_CASES, _SIGNATURE, _AFTER = b'"cases":[', b'"signature":"', b'"since":'
_HOLLOW = ObjectEntry(1, b"", bytes(64))
_LISTS = ("level", "region", "body", "age_group")
_TOTALS = ("new", "changed", "overdue", "open")


def write_bundle(bundle: Bundle, sign: Callable[[bytes], bytes]) -> bytes:
    """The body of one object of kind 5. `sign` makes 64 bytes over `SIGNED_AS` and what it is given."""
    signed = signed_bytes(bundle)
    at = signed.rindex(_AFTER)
    return b"".join((memoryview(signed)[:at], _spell_signature(sign(signed)), memoryview(signed)[at:]))


def signed_bytes(bundle: Bundle) -> bytes:
    """What the server signs: the canonical document without its signature.

    Spelt case by case: a whole part at once would hold up everybody else in this process.
    """
    before, mark, after = _dump(_document(replace(bundle, entries=()))).partition(_CASES)
    pieces = [write_entry(entry) for entry in bundle.entries] or [b""]
    pieces[0] = before + mark + pieces[0]
    pieces[-1] += after
    return b",".join(pieces)


def strip_signature(body: bytes) -> bytes:
    """What the server signed, of a body that `read_bundle` has read: the same as `signed_bytes`, for less."""
    begin, end = _find_signature(body)
    return b"".join((memoryview(body)[:begin], memoryview(body)[end:]))


def _find_signature(body: bytes) -> tuple[int, int]:
    end = body.rindex(_AFTER)
    return body.rindex(_SIGNATURE, 0, end), end


def _spell_signature(signature: bytes) -> bytes:
    return _SIGNATURE + signature.hex().encode() + b'",'


def _document(bundle: Bundle) -> dict[str, object]:
    return {
        "v": VERSION,
        "schema": SCHEMA,
        "day": bundle.day,
        "since": bundle.since,
        "log": bundle.log,
        "organisation": bundle.organisation,
        "bot_key": bundle.bot_key.hex(),
        "part": bundle.part,
        "parts": bundle.parts,
        "totals": _totals_out(bundle.totals),
        "cases": [_entry_out(entry) for entry in bundle.entries],
    }


def write_entry(entry: Entry) -> bytes:
    """One case as it stands in the bundle."""
    return _dump(_entry_out(entry))


def measure_entry(entry: Entry, size: int) -> int:
    """How many bytes the case will take with objects of `size` bytes together."""
    notes, heard = (_HOLLOW,) * entry.case.notes, (_HOLLOW,) * entry.case.heard
    hollow = replace(entry, object=_HOLLOW, digest=bytes(32), notes=notes, additions=heard)
    return len(write_entry(hollow)) + -(-size // 3) * 4 + 4 * len(notes + heard)


def read_bundle(body: bytes) -> Bundle:
    """Read what `write_bundle` wrote. Nothing is checked against a key here: see `signed_bytes`.

    A damaged object inside is not refused: see `Entry.intact`.

    Raises:
        BundleRefused: the bytes are damaged, or their version is not known.
    """
    try:
        content = json.loads(body)
        if content["v"] != VERSION or content["schema"] != SCHEMA:
            raise BundleRefused(NEWER)
        bundle = _bundle_in(content)
        del content
        if _is_spelling_of(body, bundle):
            return bundle
    except (KeyError, TypeError, ValueError, RecursionError, AttributeError):
        pass
    raise BundleRefused(DAMAGED)


def _is_spelling_of(body: bytes, bundle: Bundle) -> bool:
    begin, end = _find_signature(body)
    spelt = body[begin:end] == _spell_signature(bundle.signature)
    return spelt and strip_signature(body) == signed_bytes(bundle)


def peek_part(body: bytes) -> int:
    """The number of the part, without reading its cases; 0 where there is none: `read_bundle` will tell."""
    found = _PART.search(body, max(0, body.rfind(_PART_NAME)))
    return int(found[1]) if found else 0


def _dump(content: Mapping[str, object]) -> bytes:
    """Canonical, because all names are ASCII and all numbers are whole."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def _entry_out(entry: Entry) -> dict[str, object]:
    case = entry.case
    return {
        "id": case.id.hex(),
        "code": case.code,
        "day": case.day,
        "status": case.status.value,
        "claimant": case.claimant,
        "revision": case.revision,
        "override": None if case.override is None else asdict(case.override),
        "parts": [{"id": part.id.hex(), "level": part.level.value} for part in case.parts],
        "labels": list(case.labels),
        "touched": case.touched,
        "facts": _facts_out(case.facts),
        "history": [{"status": step.status.value, "day": step.day, "by": step.by} for step in case.history],
        "news": entry.news.value,
        "overdue": entry.overdue,
        "object": None if entry.object is None else _object_out(entry.object, entry.digest or b""),
        "notes": [_object_out(note, note.digest) for note in entry.notes],
        "additions": [_object_out(addition, addition.digest) for addition in entry.additions],
    }


def _facts_out(facts: CardFacts) -> dict[str, object]:
    return {
        "level": facts.level.value,
        "reasons": list(facts.reasons),
        "region": facts.region,
        "bodies": list(facts.bodies),
        "age_group": facts.age_group,
        "day": facts.day,
        "unfinished": facts.unfinished,
    }


def _object_out(held: ObjectEntry, digest: bytes) -> dict[str, object]:
    return {
        "kind": int(held.kind),
        "sha256": digest.hex(),
        "signature": held.signature.hex(),
        "data": b64encode(held.data).decode("ascii"),
    }


def _totals_out(totals: Totals) -> dict[str, object]:
    counters = totals.counters
    lists = {name: [list(pair) for pair in getattr(counters, name)] for name in _LISTS}
    counted = {"detentions": counters.detentions, "unfinished": counters.unfinished, **lists}
    return {**{name: getattr(totals, name) for name in _TOTALS}, "counters": counted}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _day(value: object) -> str:
    return date.fromisoformat(_text(value)).isoformat()


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _maybe(value: object) -> str | None:
    return None if value is None else _text(value)


def _bundle_in(content: Mapping[str, Any]) -> Bundle:
    return Bundle(
        day=_day(content["day"]),
        since=_day(content["since"]),
        log=_text(content["log"]),
        organisation=_text(content["organisation"]),
        bot_key=bytes.fromhex(content["bot_key"]),
        part=_number(content["part"]),
        parts=_number(content["parts"]),
        totals=_totals_in(content["totals"]),
        entries=tuple(_entry_in(entry) for entry in content["cases"]),
        signature=bytes.fromhex(content["signature"]),
    )


def _totals_in(content: Mapping[str, Any]) -> Totals:
    counted = content["counters"]
    lists: dict[str, Counts] = {
        name: tuple((_text(key), _number(number)) for key, number in counted[name]) for name in _LISTS
    }
    counters = Counters(_number(counted["detentions"]), _number(counted["unfinished"]), **lists)
    return Totals(**{name: _number(content[name]) for name in _TOTALS}, counters=counters)


def _entry_in(content: Mapping[str, Any]) -> Entry:
    held = content["object"]
    return Entry(
        case=Case(
            id=bytes.fromhex(content["id"]),
            code=_text(content["code"]),
            facts=_facts_in(content["facts"]),
            status=Status(content["status"]),
            claimant=_maybe(content["claimant"]),
            history=tuple(_step_in(step) for step in content["history"]),
            day=_day(content["day"]),
            revision=_number(content["revision"]),
            override=_override_in(content["override"]),
            parts=tuple(Part(bytes.fromhex(each["id"]), Level(each["level"])) for each in content["parts"]),
            labels=tuple(map(_text, content["labels"])),
            touched=_text(content["touched"]),
        ),
        news=News(content["news"]),
        overdue=_truth(content["overdue"]),
        object=None if held is None else _object_in(held),
        digest=None if held is None else bytes.fromhex(held["sha256"]),
        notes=tuple(_object_in(note) for note in content["notes"]),
        additions=tuple(_object_in(addition) for addition in content["additions"]),
    )


def _override_in(content: Mapping[str, Any] | None) -> Override | None:
    if content is None:
        return None
    return Override(
        Level(content["level"]), _text(content["reason"]), _text(content["by"]), _day(content["day"])
    )


def _step_in(content: Mapping[str, Any]) -> Step:
    return Step(Status(content["status"]), _day(content["day"]), _text(content["by"]))


def _facts_in(content: Mapping[str, Any]) -> CardFacts:
    return CardFacts(
        level=Level(content["level"]),
        reasons=tuple(map(_text, content["reasons"])),
        region=_maybe(content["region"]),
        bodies=tuple(map(_text, content["bodies"])),
        age_group=_text(content["age_group"]),
        day=_maybe(content["day"]),
        unfinished=_truth(content["unfinished"]),
    )


def _object_in(content: Mapping[str, Any]) -> ObjectEntry:
    data = b64decode(content["data"], validate=True)
    return ObjectEntry(_number(content["kind"]), data, bytes.fromhex(content["signature"]))
