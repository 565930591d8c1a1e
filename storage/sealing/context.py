"""The `vestka/ctx` stanza: what binds kind, schema, day, object id and duty list to a sealed object."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storage.sealing.errors import CannotSeal
from storage.sealing.kinds import KINDS, Kind
from storage.sealing.recipients import HYBRID
from storage.sealing.stanzas import HeaderFailure, Stanza, from_base64, to_base64

NAME = "vestka/ctx"
_VERSION = b"1"
_DECIMAL = re.compile(rb"0|[1-9][0-9]{0,9}")


@dataclass(frozen=True, slots=True)
class Context:
    """What the header says about the object, authenticated for every reader."""

    kind: Kind
    schema: int
    epoch: int
    object_id: bytes
    roster_hash: bytes

    def __post_init__(self) -> None:
        if len(self.object_id) != 16 or len(self.roster_hash) != 32:
            raise CannotSeal("An object id has 16 bytes and a roster hash 32.")
        if not 1 <= self.schema <= 255 or not 0 <= self.epoch < 2**32:
            raise CannotSeal("The schema is 1 to 255 and the epoch a day number.")

    def to_stanza(self) -> Stanza:
        """The stanza that stands first in the header."""
        numbers = (b"%d" % number for number in (self.kind, self.schema, self.epoch))
        return Stanza(NAME, (_VERSION, *numbers, to_base64(self.object_id)), self.roster_hash)


def read_context(stanzas: Sequence[Stanza]) -> Context:
    """The context of a header that follows Vestka's rules.

    Raises:
        HeaderFailure: ctx is missing, not first, doubled or misspelt, or another stanza is not hybrid.
    """
    first, *others = stanzas
    if first.name != NAME or any(stanza.name != HYBRID for stanza in others):
        raise HeaderFailure("not the stanzas of a sealed object")
    if len(first.arguments) != 5 or first.arguments[0] != _VERSION:
        raise HeaderFailure("ctx of another version")
    kind, schema, epoch = (_read_decimal(text) for text in first.arguments[1:4])
    if kind not in KINDS:
        raise HeaderFailure("ctx names an unknown kind")
    try:
        return Context(Kind(kind), schema, epoch, from_base64(first.arguments[4]), first.body)
    except CannotSeal:
        raise HeaderFailure("ctx is out of bounds") from None


def _read_decimal(text: bytes) -> int:
    if not _DECIMAL.fullmatch(text):
        raise HeaderFailure("ctx holds a number with a strange spelling")
    return int(text)
