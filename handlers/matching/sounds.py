"""How a name sounds, in a small alphabet that Belarusian, Russian and Latin spellings share.

The key is coarser than that of `handlers.intake.spelling`: it brings together what the ways to write a
Belarusian name in Latin letters keep apart, and what Belarusian and Russian write differently:

* т, ц, ч, х and г are one: Tsikhan, Cichan, Tikhon, Ціхан; ch is х in łacinka and ч elsewhere, and łacinka
  without its marks writes c for ц and ч. So are д, дз and дж; с and ш; з and ж; в, ў, у and w;
* а, о, е, ё, э and я are one: akanne and yakanne write Сямёнаў for Семёнов;
* і, и, ы and й are one, and none before another vowel (Piatro, Pyatro, Pjatro, Пятро);
* soft signs, apostrophes and doubled letters fall away, and в before a first о (Восіп, Осип).

Sources: Instruction on the transliteration of geographical names in Latin letters (No. 15 of 23.11.2000 with
No. 38 of 11.06.2007, and No. 19 of 24.03.2023, which writes g, w, ch, sh, zh); for passports the Instruction
of the Ministry of the Interior No. 288 of 09.10.2008; łacinka as the press of the 1920s wrote it and people
do today; for Russian the table of ICAO Doc 9303, part 3, and the looser ya, yu, yo, y of newspapers.
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 60  # letters of one word
_HEARD = "a u h h d a a z z i i i i k l m n a p r s h u u f h h h s sh _ i _ a u a a"
_CYRILLIC = dict(zip("авгґдеёжзиіїйклмнопрстуўфхцчшщъыьэюяє", _HEARD.split(), strict=True)) | {"б": "b"}
_MARKED = {"č": "h", "ć": "h", "š": "s", "ś": "s", "ž": "z", "ź": "z", "ż": "z", "ŭ": "u", "ł": "l", "ñ": "n"}
_LETTERS = str.maketrans({letter: key.replace("_", "") for letter, key in (_CYRILLIC | _MARKED).items()})
_GROUPS = {
    "shch": "sc", "sch": "sc", "dzh": "d", "sh": "s", "sz": "s", "zh": "z", "kh": "h", "ts": "c", "tz": "c",
    "cz": "c", "ch": "c", "dz": "d", "ph": "f", "th": "c",
}  # fmt: skip
_GROUP = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)))
_SINGLES = str.maketrans(
    {"c": "h", "t": "h", "e": "a", "g": "h", "j": "i", "o": "a", "q": "k", "v": "u", "w": "u"}
)
_OTHER = re.compile("[^a-z]")
_SILENT = re.compile("i+(?=[au])")
_DOUBLED = re.compile(r"(.)\1+")

_CASES = (
    re.compile("(.{2,}(?:sk|hk))(?:i|a|aha|amu|im|u|ai|ah)"),
    re.compile("(.{2,}(?:au|in))(?:a|u|im|ai|am)?"),
    re.compile("(.{3,}?)(?:am|ai|a|u|i)"),
)
"""Endings of a family name by gender and case: adjectives in -скі, those in -аў and -ін, all others."""


def hear(word: str) -> str:
    """The key of one word: Ждан, Zhdan and Ždan are the same."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word[:_LONGEST]).lower())
    plain = _GROUP.sub(lambda group: _GROUPS[group[0]], plain.replace("dž", "d").replace("dź", "d"))
    plain = unicodedata.normalize("NFD", plain.translate(_LETTERS)).translate(_SINGLES)
    plain = _OTHER.sub("", plain.replace("x", "ks").replace("y", "i"))
    plain = _DOUBLED.sub(r"\1", _SILENT.sub("", plain).replace("dz", "d").replace("hs", "h"))
    return plain.removeprefix("u") if plain.startswith("ua") else plain


def hear_surname(word: str) -> str:
    """The key of a family name without gender and case: Узорскі, Узорская, Узорскага are one."""
    key = hear(word)
    return next((found[1] for pattern in _CASES if (found := pattern.fullmatch(key))), key)


def hear_root(word: str) -> str:
    """The key of a given name without its last vowels (Пётр, Пятро): what patronymics are made of."""
    key = hear(word)
    return key.rstrip("aiu") or key
