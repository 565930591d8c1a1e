"""From the sealed files of one day to a digest: open both layers, check every hash and every signature.

One object that does not open is put on a list; it never keeps the others from being read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.errors import InputRefused
from handlers.asking.flow import SCHEMA as ADDITION_SCHEMA
from handlers.asking.reading import addition_lines
from handlers.sharing.bundle import (
    SIGNED_AS,
    Bundle,
    Entry,
    ObjectEntry,
    peek_part,
    read_bundle,
    strip_signature,
)
from handlers.sharing.digest import Told
from handlers.sharing.errors import BundleRefused
from handlers.texts import Texts
from handlers.triage.notes import SCHEMA as NOTE_SCHEMA
from storage.sealing import REPORTS, BadSignature, CannotOpen, Identity, Kind, check_seal, open_sealed
from storage.sealing.signatures import check_signature

REPORT_SCHEMA = "vestka.report/1"
_NOTES, _ADDITIONS = (Kind.NOTE,), (Kind.ADDITION,)

Part = Callable[[], bytes]
"""Reads one sealed file; more than one is never held."""


class Reading:
    """One day's digest, read part by part, case by case; `heads` are the parts so far, without their cases.

    `pinned`: checked against a server key that the holder named, not the bundle's own. The first part is
    opened and checked at once.

    :raises InputRefused: not a digest, damaged, changed, of different days, or signed by another server; also
        while the cases are told.
    :raises CannotOpen: the key does not open the bundle.
    """

    def __init__(
        self, parts: Sequence[Part], identities: Sequence[Identity], *, bot_key: bytes | None = None
    ) -> None:
        self._parts = _in_order(parts, identities)
        self._identities = identities
        self.pinned = bot_key is not None
        self.heads: list[Bundle] = []
        self._bot_key = bot_key
        self._first: Bundle | None = self._open(self._parts[0])

    @property
    def expected(self) -> int:
        """About how many cases there will be: all parts but the last are of one size."""
        return len(self._first.entries) * len(self._parts) if self._first else 0

    def __iter__(self) -> Iterator[Told]:
        """Every case, opened; once only."""
        bundle, self._first = self._first, None
        for number, part in enumerate(self._parts):
            if number or bundle is None:
                bundle = self._open(part)
            public = bundle.bot_key
            yield from (_read_entry(entry, self._identities, public=public) for entry in bundle.entries)
            bundle = None

    def _open(self, part: Part) -> Bundle:
        """The next part, checked as a whole."""
        body = _open_part(part(), self._identities)
        bundle = _read_part(body)
        self._take(bundle)
        _check_whole(body, bundle)
        return bundle

    def _take(self, bundle: Bundle) -> None:
        """Parts of one digest come by number, each once, and from one server."""
        _check_key(bundle, self._bot_key)
        head = replace(bundle, entries=())
        last = self.heads[-1].part if self.heads else 0
        same = not self.heads or _day_of(self.heads[0]) == _day_of(head)
        if not same or not last < head.part <= head.parts:
            raise InputRefused(
                "These files are not parts of one digest, or one is given twice. Open each day on its own."
            )
        self.heads.append(head)


def _in_order(parts: Sequence[Part], identities: Sequence[Identity]) -> list[Part]:
    """By the number inside, whatever the files are called; a single one is opened only once."""
    if len(parts) == 1:
        return list(parts)
    numbers = [peek_part(open_sealed(part(), identities).body) for part in parts]
    return [parts[place] for place in sorted(range(len(parts)), key=numbers.__getitem__)]


def _day_of(head: Bundle) -> Bundle:
    """What all parts of one digest have in common."""
    return replace(head, part=0, signature=b"")


def parse_report(body: bytes) -> dict[str, Any] | None:
    """The report in an opened body, or None if this version cannot read it."""
    return _parse(body, REPORT_SCHEMA)


def parse_note(body: bytes) -> dict[str, Any] | None:
    """The note in an opened body, or None if this version cannot read it."""
    return _parse(body, NOTE_SCHEMA)


def parse_addition(body: bytes) -> dict[str, Any] | None:
    """The answer to a question in an opened body, or None if this version cannot read it."""
    return _parse(body, ADDITION_SCHEMA)


def note_line(note: Mapping[str, Any]) -> str:
    """A note as it stands in a table: when, who, what."""
    return f"{note.get('day')} {note.get('by')}: {note.get('text')}"


def answer_line(addition: Mapping[str, Any]) -> str:
    """An answer as it stands in a table: when, then what was asked and answered, as the reporter read it."""
    texts = Texts.load()
    language = texts.choose(str(addition.get("language")))
    said = [texts.say(language, line) for _, line in addition_lines(addition)]
    return f"{addition.get('day')} {' · '.join(said)}"


_PARSERS = {Kind.NOTE: parse_note, Kind.ADDITION: parse_addition}


def _parse(body: bytes, schema: str) -> dict[str, Any] | None:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) and document.get("schema") == schema else None


def _open_part(part: bytes, identities: Sequence[Identity]) -> bytes:
    opened = open_sealed(part, identities)
    if opened.kind is not Kind.DIGEST:
        raise InputRefused("This file is not a digest. Open a single report with: vestka open FILE --key KEY")
    return opened.body


def _read_part(body: bytes) -> Bundle:
    try:
        return read_bundle(body)
    except BundleRefused as refused:
        raise InputRefused(str(refused)) from None


def _check_key(bundle: Bundle, bot_key: bytes | None) -> None:
    if bot_key is not None and bundle.bot_key != bot_key:
        raise InputRefused(
            "This digest names another server key than --bot-key. Do not use it, and tell the operator."
        )


def _check_whole(body: bytes, bundle: Bundle) -> None:
    """Counts and histories lie in no report: without this anybody on the roster could rewrite them."""
    try:
        signed, signature = strip_signature(body), bundle.signature
        check_signature(bundle.bot_key, SIGNED_AS, message=signed, signature=signature)
    except BadSignature:
        raise InputRefused(
            "The signature inside this digest does not fit it: somebody changed it after the server made it. "
            "Do not use it; download it again from the group, and tell the operator if that does not help."
        ) from None


def _read_entry(entry: Entry, identities: Sequence[Identity], *, public: bytes) -> Told:
    cause, report, code = "", None, entry.case.code
    if entry.object is not None:
        read = _read_object(entry.object, identities, public=public, code=code, kinds=REPORTS)
        cause, report = read if entry.intact else ("altered", None)
    notes = [_read_object(one, identities, public=public, code=code, kinds=_NOTES) for one in entry.notes]
    answers = [
        _read_object(one, identities, public=public, code=code, kinds=_ADDITIONS) for one in entry.additions
    ]
    causes = (cause, *(failed for failed, _ in (*notes, *answers)))
    return Told(
        entry,
        report,
        next(filter(None, causes), ""),
        notes=tuple(note_line(note) for _, note in notes if note is not None),
        answers=tuple(answer_line(answer) for _, answer in answers if answer is not None),
    )


def _read_object(
    held: ObjectEntry, identities: Sequence[Identity], *, public: bytes, code: str, kinds: Collection[Kind]
) -> tuple[str, dict[str, Any] | None]:
    """The cause why an object is not read ("" if it is), and the document in it."""
    try:
        check_seal(public, held.data, held.signature)
        opened = open_sealed(held.data, identities)
    except BadSignature:
        return "signature", None
    except CannotOpen:
        return "unopened", None
    document = _PARSERS.get(opened.kind, parse_report)(opened.body)
    if document is None or opened.kind not in kinds or opened.kind != held.kind:
        return "unreadable", None
    return ("", document) if document.get("case") == code else ("mismatch", None)
