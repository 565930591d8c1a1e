"""The header of an age file: lines, stanzas, canonical base64. Source: C2SP age.md, "Header".

Failures are private to the package: `open_sealed` turns every `AgeFailure` into one sentence without a cause.
"""

import re
from binascii import a2b_base64, b2a_base64
from dataclasses import dataclass

VERSION_LINE = b"age-encryption.org/v1\n"
MAX_HEADER = 128 * 1024
MAX_STANZAS = 64

_COLUMNS = 64
_ARGUMENTS = re.compile(rb"[\x21-\x7e]+(?: [\x21-\x7e]+)*")


class AgeFailure(Exception):
    """Why an age file was refused, in the words of the published vectors. Never shown to anybody."""


class HeaderFailure(AgeFailure):
    """The header is not one that a correct writer makes."""


class NoMatch(AgeFailure):
    """None of the identities opens a stanza."""


class MacFailure(AgeFailure):
    """The header was changed after it was written."""


class PayloadFailure(AgeFailure):
    """The body was changed, cut off or added to."""


@dataclass(frozen=True, slots=True)
class Stanza:
    """One recipient's part of the header: `-> name argument…` and a body."""

    name: str
    arguments: tuple[bytes, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """A parsed header. `signed` is what the MAC covers; the payload begins at `end`."""

    stanzas: tuple[Stanza, ...]
    signed: bytes
    mac: bytes
    end: int


def to_base64(data: bytes) -> bytes:
    """Standard base64 without padding."""
    return b2a_base64(data, newline=False).rstrip(b"=")


def from_base64(text: bytes) -> bytes:
    """Read unpadded base64 in its one canonical spelling.

    Raises:
        HeaderFailure: padding, a foreign character, or leftover bits that are not zero.
    """
    try:
        data = a2b_base64(text + b"===")
    except ValueError:
        raise HeaderFailure("not base64") from None
    if to_base64(data) != text:  # padding and foreign characters, too, were passed over
        raise HeaderFailure("base64 is not canonical")
    return data


def serialise(stanza: Stanza) -> bytes:
    """The stanza's bytes, from `->` to the LF of its short last line."""
    text = to_base64(stanza.body)
    lines = [text[at : at + _COLUMNS] for at in range(0, len(text) + 1, _COLUMNS)]
    first = b" ".join((b"->", stanza.name.encode("ascii"), *stanza.arguments))
    return b"\n".join((first, *lines, b""))


def parse_header(data: bytes) -> Header:
    """Read the header of a whole file, without opening anything.

    Raises:
        HeaderFailure: it is too long, cut off, or spelt in any way but the canonical one.
    """
    lines = _Lines(data[:MAX_HEADER])
    if lines.take() + b"\n" != VERSION_LINE:
        raise HeaderFailure("not an age v1 file")
    stanzas: list[Stanza] = []
    while (line := lines.take()).startswith(b"-> "):
        if len(stanzas) == MAX_STANZAS:
            raise HeaderFailure("too many stanzas")
        stanzas.append(_parse_stanza(line, lines))
    if not stanzas or not line.startswith(b"--- "):
        raise HeaderFailure("the header does not end with its MAC")
    mac = from_base64(line[4:])
    if len(mac) != 32:
        raise HeaderFailure("the MAC has a wrong length")
    return Header(tuple(stanzas), signed=data[: lines.at - len(line) + 2], mac=mac, end=lines.at)


class _Lines:
    """A cursor over lines that must all end with LF."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def take(self) -> bytes:
        end = self._data.find(b"\n", self.at)
        if end < 0:
            raise HeaderFailure("the header is cut off or too long")
        line, self.at = self._data[self.at : end], end + 1
        return line


def _parse_stanza(line: bytes, lines: _Lines) -> Stanza:
    if not _ARGUMENTS.fullmatch(line, 3):
        raise HeaderFailure("a stanza has an empty or unprintable argument")
    name, *arguments = line[3:].split(b" ")
    pieces: list[bytes] = []
    while len(piece := lines.take()) == _COLUMNS:
        pieces.append(from_base64(piece))
    if len(piece) > _COLUMNS:
        raise HeaderFailure("a line of a stanza is too long")
    pieces.append(from_base64(piece))
    return Stanza(name.decode("ascii"), tuple(arguments), b"".join(pieces))
