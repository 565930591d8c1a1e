"""People who type a canary at every question, and carry one in each of their names and in their account."""

from __future__ import annotations

import random
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.drills.canaries import account, cyrillic, latin, spell_bytes, spell_halves, spell_number

# What is typed, line by line; {0}, {1} … are canaries. Where there is only a canary, it is no answer: it is
# kept as a note, or not at all before the agreement and after the end.
_TYPED = (
    "/start",
    "{0}",
    "Так, я за мяжой",
    "{1}",
    "Маці або бацька",
    "{2} {3}, 1990",
    "{4}",
    "учора вечарам {5}",
    "Гродна, на працы каля {6}",
    "АМАП, КДБ, {7}",
    "далей",
    "Не, невядома",
    "{8}",
    "1,8",
    "{9}",
    "прапусціць",
    "Прыйшлі двое ў масках, {10} {11}",
    "{12}",
    "далей",
    "{13}",
    "Улічыць у статыстыцы без імя",
    "{14}",
    "адправіць",
    "{15}",
)

# The same in fewer lines and in each language: numbers instead of labels.
_SHORT = ("/start", "1", "2", "{2} {3}, 1990", "{when} {5}", "{where} {6}", "2,4", "3", "1,8", "{skip}",
          "{told} {10}", "{next}", "3", "{send}")  # fmt: skip
FACTS = _SHORT.index("2,4") + 1  # after so many of these lines a checkpoint is sealed
_SAID = {
    "be": {"when": "учора вечарам", "where": "Гродна, на працы каля", "told": "Прыйшлі двое,",
           "skip": "прапусціць", "next": "далей", "send": "адправіць"},
    "ru": {"when": "вчера вечером", "where": "Гродно, на работе около", "told": "Пришли двое,",
           "skip": "пропустить", "next": "далее", "send": "отправить"},
    "en": {"when": "yesterday evening", "where": "Hrodna, at work near", "told": "Two men came,",
           "skip": "skip", "next": "next", "send": "send"},
}  # fmt: skip
LANGUAGES = tuple(_SAID)


def _hexadecimal(chance: random.Random) -> str:
    return chance.randbytes(16).hex()


def _base64(chance: random.Random) -> str:
    return b64encode(chance.randbytes(16)).decode().rstrip("=")


_FORMS = (cyrillic, latin, _hexadecimal, _base64)


@dataclass(frozen=True, slots=True)
class Witness:
    """Account, first name, last name, public name, and the lines they type."""

    account: int
    first: str
    last: str
    username: str
    words: tuple[str, ...]
    language: str = "be"

    @classmethod
    def make(cls, chance: random.Random, language: str = "be") -> Witness:
        """Somebody new."""
        words = [_FORMS[place % len(_FORMS)](chance) for place in range(16)]
        words[2], words[3] = cyrillic(chance), latin(chance)  # a name has only letters
        return cls(
            account(chance),
            cyrillic(chance),
            last=latin(chance),
            username=f"w{_hexadecimal(chance)[1:]}",
            words=tuple(words),
            language=language,
        )

    @property
    def name(self) -> str:
        """As the network shows it."""
        return f"{self.first} {self.last}"

    @property
    def lines(self) -> tuple[str, ...]:
        """What they type, from beginning to end."""
        return tuple(line.format(*self.words) for line in _TYPED)

    @property
    def short_lines(self) -> tuple[str, ...]:
        """The same without what is no answer, in their language."""
        return tuple(line.format(*self.words, **_SAID[self.language]) for line in _SHORT)

    def canaries(self, typed: Iterable[str] | None = None) -> dict[str, set[bytes]]:
        """What must not be found: all their words, or those in the lines they `typed`."""
        said = "\n".join(self.lines if typed is None else typed)
        words = enumerate(self.words)
        found = {f"answer {place}": spell_halves(word) for place, word in words if word in said}
        names = (self.first, self.last, self.username)
        return found | {
            "account": spell_number(self.account),
            "name": {spelt for name in names for spelt in spell_halves(name)},
        }


def together(some: Iterable[Mapping[str, set[bytes]]]) -> dict[str, set[bytes]]:
    """Canaries of several people or things, by name."""
    found: dict[str, set[bytes]] = {}
    for one in some:
        for name, needles in one.items():
            found.setdefault(name, set()).update(needles)
    return found


def make_token(chance: random.Random) -> str:
    """A bot's token, as the network makes them."""
    return f"{chance.randrange(10**9, 10**10)}:AA{chance.randbytes(16).hex()}"


def spell_token(token: str) -> set[bytes]:
    """A bot's token by its halves, and the number and the secret in it."""
    return spell_halves(token) | spell_halves(token.partition(":")[2])


def spell_keys(keys: Iterable[bytes]) -> set[bytes]:
    """Keys by their halves."""
    return {spelt for key in keys for half in (key[:16], key[16:]) if half for spelt in spell_bytes(half)}
