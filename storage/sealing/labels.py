"""What the outside of a sealed object says, to somebody without any key: kind, day, id, and for which set.

Nothing here is authenticated: whoever holds no key of the object cannot know that its label was not changed.
"""

from dataclasses import dataclass
from datetime import date

from storage.sealing.context import read_context
from storage.sealing.errors import CannotOpen
from storage.sealing.kinds import Kind
from storage.sealing.sealing_set import day_of
from storage.sealing.stanzas import AgeFailure, parse_header


@dataclass(frozen=True, slots=True)
class Label:
    """The day of sealing, and the hash that names the sealing set of that day."""

    object_id: bytes
    kind: Kind
    day: date
    roster_hash: bytes


def read_label(data: bytes) -> Label:
    """Read the label of a whole file.

    Raises:
        CannotOpen: it is no sealed object.
    """
    try:
        context = read_context(parse_header(data).stanzas)
        return Label(context.object_id, context.kind, day_of(context.epoch), context.roster_hash)
    except (AgeFailure, OverflowError):
        raise CannotOpen("This is not a sealed object. Check that it is the right file, and whole.") from None
