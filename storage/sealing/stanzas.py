"""The header of an age file: lines, stanzas, canonical base64. Source: C2SP age.md, "Header".

Failures are private to the package: `open_sealed` turns every `AgeFailure` into one sentence without a cause.
"""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass

VERSION_LINE = b"age-encryption.org/v1\n"
MAX_HEADER = 128 * 1024
MAX_STANZAS = 64

_COLUMNS = 64
_ARGUMENT = re.compile(rb"[\x21-\x7e]+")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*")


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
    return b64encode(data).rstrip(b"=")


def from_base64(text: bytes) -> bytes:
    """Read unpadded base64 in its one canonical spelling.

    Raises:
        HeaderFailure: padding, a foreign character, or leftover bits that are not zero.
    """
    if len(text) % 4 == 1 or not _BASE64.fullmatch(text):
        raise HeaderFailure("not base64")
    data = b64decode(text + b"=" * (-len(text) % 4))
    if to_base64(data) != text:
        raise HeaderFailure("base64 is not canonical")
    return data


def serialise(stanza: Stanza) -> bytes:
    """The stanza's bytes, from `->` to the LF of its short last line."""
    text = to_base64(stanza.body)
    lines = [b" ".join((b"->", stanza.name.encode("ascii"), *stanza.arguments))]
    lines += [text[at : at + _COLUMNS] for at in range(0, len(text) + 1, _COLUMNS)]
    return b"\n".join(lines) + b"\n"


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
    name, *arguments = line[3:].split(b" ")
    if not all(_ARGUMENT.fullmatch(word) for word in (name, *arguments)):
        raise HeaderFailure("a stanza has an empty or unprintable argument")
    pieces: list[bytes] = []
    while len(piece := lines.take()) == _COLUMNS:
        pieces.append(from_base64(piece))
    if len(piece) > _COLUMNS:
        raise HeaderFailure("a line of a stanza is too long")
    pieces.append(from_base64(piece))
    return Stanza(name.decode("ascii"), tuple(arguments), b"".join(pieces))
