"""Words that turn an answer round: "не омон", "лекі не патрэбныя", "no medicine needed".

They are looked for in the words as typed, because keys are for likeness: in them "no" and "на" are one.
"""

from __future__ import annotations

import re
import unicodedata

from handlers.intake.misreads import LONGEST

_WORDS = """
не ня нет нету няма нема ні ни нi никак ніяк без кроме акрамя апроч окрамя никто ніхто ничего нічога ничто
никого нікога никакой никакая никакого никаких никакие ніякай ніякі ніякая ніякага ніякіх ніякія никогда
ніколі неа no not none never nobody nothing nor neither without except cannot cant dont doesnt didnt isnt
wasnt arent werent hasnt havent aint nie nia ne niama bez nima
"""
_NEGATION = re.compile(rf"(?<!\w)(?:(?:{'|'.join(_WORDS.split())})(?!\w)|\w+n['’ʼ`]t(?!\w))")


def is_negated(text: str) -> bool:
    """True for words that hold a "no" or a "not" of any of the languages."""
    return _NEGATION.search(unicodedata.normalize("NFKC", text[:LONGEST]).lower()) is not None
