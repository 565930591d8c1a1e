"""How people write a Belarusian or Russian name in Latin letters, by the published tables and without.

`official`: Instruction No. 15 of 23.11.2000 with No. 38 of 11.06.2007. `passport`: Instruction of the
Ministry of the Interior No. 288 of 09.10.2008. `lacinka`: as printed since the 1920s; `bare`: without
its marks, from a keyboard that has none. `icao`: Russian by ICAO Doc 9303, part 3. `news`: Russian as English
newspapers write it. Written apart from the product's own tables, from the other end: these write, those read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

_BE = dict(zip("абвгґдзіклмнопрстуфыэ", "abvhgdziklmnoprstufye", strict=True))
_SOFT = {"е": "e", "ё": "o", "ю": "u", "я": "a"}
_VOWELS = "аоуыэіеёюя"
_MARKS = {"ж": "ž", "й": "j", "ў": "ŭ", "х": "ch", "ц": "c", "ч": "č", "ш": "š"}
_PLAIN = {"ж": "zh", "й": "i", "ў": "u", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh"}
_SOFTENED = {"з": "ź", "с": "ś", "ц": "ć", "н": "ń", "л": "ĺ"}
_RU = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "abvgdee_zi_klmnoprstuf______y_e__", strict=True)) | {
    "ж": "zh", "й": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ь": "",
    "ю": "iu", "я": "ia",
}  # fmt: skip
_NEWS = {"ё": "yo", "й": "y", "ъ": "", "ю": "yu", "я": "ya"}


def _is_open(word: str, at: int) -> bool:
    """Whether an iotated vowel stands where its j is heard: at the beginning, after a vowel or a mark."""
    return at == 0 or word[at - 1] in _VOWELS + "ўь'"


def _marked(word: str, at: int) -> str:
    """One letter, where the official spelling and łacinka agree."""
    letter, after = word[at], word[at + 1 : at + 2]
    if letter in _SOFT:
        return ("j" if _is_open(word, at) else "i") + _SOFT[letter]
    if after == "ь" and letter in _SOFTENED:
        return _SOFTENED[letter]
    return (_BE | _MARKS).get(letter, "")


def _official(word: str) -> str:
    return "".join(_marked(word, at) for at in range(len(word)))


def _passport(word: str) -> str:
    written = []
    for at, letter in enumerate(word):
        if letter in _SOFT:
            hard = "y" if at == 0 or word[at - 1] in "і'" else "i"
            bare = letter == "е" and not _is_open(word, at)
            written.append("e" if bare else hard + _SOFT[letter])
        else:
            written.append((_BE | _PLAIN).get(letter, ""))
    return "".join(written)


def _lacinka(word: str) -> str:
    written = []
    for at, letter in enumerate(word):
        after, before = word[at + 1 : at + 2], word[at - 1 : at]
        if letter == "л":
            written.append("l" if after and after in "ьіеёюял" else "ł")
        elif letter in _SOFT and before == "л":
            written.append(_SOFT[letter])
        else:
            written.append(_marked(word, at))
    return "".join(written)


def _bare(word: str) -> str:
    apart = unicodedata.normalize("NFD", _lacinka(word).replace("ł", "l"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _icao(word: str) -> str:
    return "".join(_RU.get(letter, "") for letter in word)


def _news(word: str) -> str:
    for ending in ("ий", "ый"):
        word = word[:-2] + "ы" if word.endswith(ending) else word
    written = []
    for at, letter in enumerate(word.replace("екс", "еx")):
        heard = letter == "е" and at > 0 and word[at - 1 : at] in tuple("ьъ")
        written.append("ye" if heard or (letter == "е" and at == 0) else (_RU | _NEWS).get(letter, letter))
    return "".join(written)


def _as_it_is(word: str) -> str:
    return word


SPELLINGS: dict[str, tuple[str, Callable[[str], str]]] = {
    "be": ("be", _as_it_is),
    "ru": ("ru", _as_it_is),
    "official": ("be", _official),
    "passport": ("be", _passport),
    "lacinka": ("be", _lacinka),
    "bare": ("be", _bare),
    "icao": ("ru", _icao),
    "news": ("ru", _news),
}
"""By name: which language it starts from, and how a word in small letters is written."""


def spell(word: str, spelling: str) -> str:
    """A word of the spelling's language, written that way, with capital letters where it had them."""
    written = SPELLINGS[spelling][1](word.lower())
    return written[:1].upper() + written[1:] if word[:1].isupper() else written
