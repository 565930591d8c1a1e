"""One key for one word, however it is spelt: in Belarusian, Russian or Latin letters, with or without dots.

The key is for comparing, never for showing: Гродна, Гродно, Hrodna and Grodno all become `hradna`. It
follows what people who hear a name do when they write it: и, і, ы and й are one letter, so are о and а,
ў, у, в and w, г, х, g and h; soft signs, apostrophes and doubled letters fall away.
"""

from __future__ import annotations

import re
import unicodedata

from handlers.intake.misreads import LONGEST

_HEARD = "a b u h h d e e z z i i i i k l m n a p r s t u u f h c c s s _ i _ e iu ia e"
_CYRILLIC = dict(
    zip(
        "абвгґдеёжзиіїйклмнопрстуўфхцчшщъыьэюяє",
        _HEARD.split(),
        strict=True,
    )
)
_LETTERS = str.maketrans(
    {letter: key.replace("_", "") for letter, key in _CYRILLIC.items()}
    | {"ł": "l", "ß": "s", "đ": "d", "ı": "i", "'": "", "ʼ": "", "’": "", "‘": "", "`": "", "´": ""}
)
_PAIRS = {
    "shch": "s", "sch": "s", "sh": "s", "sz": "s", "zh": "z", "kh": "h", "ch": "c", "cz": "c", "ts": "c",
    "dz": "d", "io": "e", "jo": "e", "yo": "e", "ie": "e", "je": "e", "ye": "e", "ph": "f",
}  # fmt: skip
_PAIR = re.compile("|".join(sorted(_PAIRS, key=len, reverse=True)))
_SINGLES = str.maketrans("gvwyjoqx", "huuiiaks")
_DOUBLED = re.compile(r"([a-z])\1+")
_OTHER = re.compile(r"[^a-z0-9]+")
_BORDER = re.compile(r"(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])")
_ENDING = re.compile(r"(?:iami|ami|iah|ah|ih|aha|iha|amu|imu|im|am|em)$")


def latinise(text: str) -> str:
    """The text with every word turned into its key; digits, spaces and punctuation stay where they are."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    plain = unicodedata.normalize("NFC", plain)[:LONGEST].translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    plain = _PAIR.sub(lambda pair: _PAIRS[pair[0]], plain)
    return _DOUBLED.sub(r"\1", plain.translate(_SINGLES))


def fold(text: str) -> str:
    """The words of a text as keys with single spaces between them; "СІЗА-1" and "sizo1" give "siza 1"."""
    return _OTHER.sub(" ", _BORDER.sub(" ", latinise(text))).strip()


def stem(word: str) -> str:
    """A key without case ending and final vowels (гродне, гродна: one); at least three letters stay."""
    cut = _ENDING.sub("", word)
    base = (cut if len(cut) >= 3 else word).rstrip("aeiu")
    return base if len(base) >= 3 else word[:3]


def one_slip(left: str, right: str) -> bool:
    """True when the words differ by one letter: missing, extra, wrong, or two neighbours swapped."""
    if abs(len(left) - len(right)) > 1 or left == right:
        return left == right
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), None)
    if start is None:
        return True  # one is the other with one letter more
    a, b = left[start:], right[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
