"""Reporter text made fit to be looked at: nothing hidden, nothing turned around, nothing to click.

The sealed report keeps the text as it was typed. Whoever shows it, on a screen, in a table, on paper, shows
what `clean` gives. Kept: letters, digits, signs, one kind of space, the line end. Belarusian, Russian and
łacinka come through unchanged; an emoji of several joined parts falls into its parts.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

LONGEST = 4_000  # characters
MARKS = 3  # combining marks on one letter; more only serve to cover other lines

# Seen as nothing, though they are letters or marks by their category.
_INVISIBLE = frozenset(
    chr(point)
    for first, last in (
        (0x034F, 0x034F),  # combining grapheme joiner
        (0x115F, 0x1160),  # Hangul fillers
        (0x17B4, 0x17B5),  # Khmer inherent vowels
        (0x180B, 0x180F),  # Mongolian variation selectors
        (0x2800, 0x2800),  # empty Braille pattern
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),  # variation selectors
        (0xFFA0, 0xFFA0),
        (0xE0100, 0xE01EF),
    )
    for point in range(first, last + 1)
)
_DROPPED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
# Anything else than plain letters and signs, one by one as they should be; without it there is little to do.
_NOT_PLAIN = re.compile("[^\n -~А-яЁёЎўІі’«»—–…№]|  ")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \t]+")

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,30})://", re.IGNORECASE | re.ASCII)
_WEB, _WEB_OPENED = frozenset(("http", "https")), frozenset(("hxxp", "hxxps"))
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOTTED = (
    re.compile(r"(?<=://)[^\s/?#]+|(?<=\[:\]//)[^\s/?#]+"),  # after a scheme
    re.compile(
        rf"(?<![\w-])(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{2,59}})(?![\w-])",
        re.IGNORECASE | re.ASCII,
    ),
    re.compile(rf"(?<![\w-])(?:{_LABEL}\.)+(?:бел|рф|укр)(?![\w-])", re.IGNORECASE),
    re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])", re.ASCII),
)
_OPENABLE = re.compile(r"\.\w|//")  # nothing above can match without one of these
_DOT = re.compile(r"(?<!\[)\.|\.(?!\])")
_HALF = re.compile(r"\[[.:]?\Z")  # what a cut may leave of "[.]"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text to show; whether hidden characters were in it, and whether it was too long."""

    text: str = field(repr=False)
    hidden: bool
    cut: bool


def clean(text: str) -> str:
    """The text to show, at most 4,000 characters. Cleaning twice changes nothing more."""
    return examine(text).text


def examine(text: str) -> Cleaned:
    """The text to show, with what was found on the way."""
    if not _NOT_PLAIN.search(text):
        plain = defang(text)
        return Cleaned(_cut(plain), hidden=False, cut=len(plain) > LONGEST)
    normal = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    shown = "".join(letter for letter in map(_visible, normal) if letter)
    calm = _few_marks(unicodedata.normalize("NFC", _SPACES.sub(" ", shown)))
    plain = defang(calm)
    return Cleaned(_cut(plain), hidden=len(shown) < len(normal), cut=len(plain) > LONGEST)


def defang(text: str) -> str:
    """Links and network names that no program makes clickable: hxxps://example[.]org."""
    if not _OPENABLE.search(text):
        return text
    text = _SCHEME.sub(_open_scheme, text)
    for pattern in _DOTTED:
        text = pattern.sub(_open_dots, text)
    return text


def _cut(text: str) -> str:
    """At most `LONGEST` characters; what the cut makes into a new name is opened as well."""
    while len(text) > LONGEST:
        text = defang(_HALF.sub("", text[:LONGEST]))
    return text


def _visible(letter: str) -> str:
    """The letter, a space for any kind of space, "" for what nobody can see."""
    if letter in "\n\t":
        return letter
    category = unicodedata.category(letter)
    if category == "Zs":
        return " "
    return "" if category in _DROPPED or letter in _INVISIBLE else letter


def _few_marks(text: str) -> str:
    kept, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter).startswith("M") else 0
        if marks <= MARKS:
            kept.append(letter)
    return "".join(kept)


def _open_scheme(found: re.Match[str]) -> str:
    scheme = found[1]
    if scheme.lower() in _WEB:
        return f"{scheme[0]}xx{scheme[3:]}://"
    return found[0] if scheme.lower() in _WEB_OPENED else f"{scheme}[:]//"


def _open_dots(found: re.Match[str]) -> str:
    return _DOT.sub("[.]", found[0])
