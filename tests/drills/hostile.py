"""Hostile updates: valid ones of every kind, spoilt in their structure by chance."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from bot.networks import Raw
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram.updates import KINDS
from tests.journeys.stories import MOTHER, SEND

JSON = dict[str, Any]
Place = tuple[Any, Any]  # a dict or a list, and the key or index in it

_DEEP, _HUGE = '"\\u0001deep"', '"\\u0001huge"'  # stand in for what no encoder writes
LEVELS, DIGITS = (50, 500, 5000, 100_000), (19, 400, 5000)

STORY = tuple(line.strip("[]") for line in (*MOTHER, SEND))
PIECES = (
    *STORY,
    "Мать: Анна Образец, 45", "за мной пришли 12.08.2020 в 7:30", "arrested at 25:61 on 30 February",
    "/start", "/stop", "/help", "/lang", "/digest@nobody", "так", "не ведаю", "прапусціць", "назад",
    "1", "1,8", "99999999999", "в Минске",
    "\u202eзваротны\u202c", "\u2066ізаляваны\u2069", "нуль\u200bшырыня\u200d\ufeff", "\0\x01\x1b[2J\x7f\x85",
    "\ud83d", "\udc4d\ud83d", "e\u0301\u0301\u0301" * 40, "👩‍👩‍👧‍👦🏳️‍🌈", "ﷺ",
    "１２.０８.２０２０", "٣٠/١١", "²³", "ⅻ", "ßﬃİı",
    "{ $code }", "{", "{{7*7}}", "%s%n", "<b>&amp;</b>", "'; DROP TABLE talks;--", "=1+1", "\\u0000",
    '{"a":1}', "https://127.0.0.1/?q=1", "@admin", "#", "a" * 4096, "ж" * 9000,
    "\n" * 3000, "1 " * 4000, "1.1." * 2000, "-" * 5000,
)  # fmt: skip
VALUES: tuple[Callable[[], Any], ...] = (
    lambda: None, lambda: True, lambda: -1, lambda: 0, lambda: 2**63, lambda: 1.5, lambda: float("nan"),
    lambda: "", list, dict, lambda: "\ud800", lambda: "8589934592", lambda: [[[]]], lambda: {"": {}},
    lambda: "\x01deep", lambda: "\x01huge", lambda: -(2**80), lambda: "be", lambda: [None],
)  # fmt: skip
UNPARSABLE = (
    b"", b"\0", b"[", b"\xff\xfe", b"null", b"[]", b'{"message":1}', b'{"update_id":' + b"9" * 5000 + b"}",
    b'{"message":' * 2000 + b"1" + b"}" * 2000,
)  # fmt: skip


async def make_templates() -> list[JSON]:
    """One update of each kind, as people's gestures make them; the first five are plain texts."""
    tg = TelegramDouble()  # never started: only its world is needed
    tg.world.updates.allow(sorted(KINDS))
    hanna, group = tg.person("Ганна Узор"), tg.supergroup("Пакой", forum=True)
    group.add(hanna)
    group.add_bot()
    tg.world.updates.made.clear()
    for line in ("/start", "Ян Прыклад, 1990", "учора", "1,8"):
        await hanna.send(line)
    said = await hanna.send("/stop")
    tap = {"id": "77", "from": said.raw, "chat_instance": "5", "data": "x"}
    await hanna.edit(said, "заўтра")
    await hanna.send_photo(caption="подпіс")
    await hanna.send_album(caption="альбом")
    await hanna.send_document(b"%PDF")
    await hanna.send_voice()
    await hanna.send_sticker()
    await hanna.send_contact("+375290000000", "Ян")
    await hanna.send_location(53.9, 27.5)
    await hanna.forward(said)
    await hanna.forward(said, hidden=True)
    await hanna.send("/digest", in_=group)
    await hanna.send("слова", in_=group)
    await hanna.block_bot()
    await hanna.unblock_bot()
    group.migrate()
    made = [one.render() for one in tg.world.updates.made]
    message = made[0]["message"]
    tap |= {"from": message["from"], "message": message}
    taps = [{"update_id": 1, "callback_query": tap}] * 6
    strange = [{"update_id": 1, kind: message | {"id": "1", "data": "x"}} for kind in sorted(KINDS)]
    return [*made, *made, *made[:5] * 3, *taps, *strange, {"update_id": 1}]


class Forge:
    """Makes updates for some accounts; `canary` stands in their texts, `tokens` are live buttons."""

    def __init__(
        self, templates: list[JSON], accounts: list[int], *, canary: str, chance: random.Random
    ) -> None:
        self._templates = templates
        self._accounts = accounts
        self._canary = canary
        self._chance = chance
        self._person = templates[0]["message"]["from"]["id"]
        self.tokens: dict[int, list[str]] = {}
        self._used: list[str] = ["x"]
        self._steps = Counter[int]()

    def text_update(self, number: int, account: int, text: str) -> Raw:
        """An honest line of an honest person."""
        update = self._address(self._templates[0], number, account)
        update["message"] |= {"text": text}
        if not text.startswith("/"):
            update["message"].pop("entities", None)
        return Raw(str(number), write(update))

    def hostile(self, number: int) -> Raw:
        """A valid update of some kind for somebody, most often spoilt in one to four places."""
        chance = self._chance
        account = chance.choice(self._accounts)
        update = self._address(chance.choice(self._templates), number, account)
        self._fill(update, account)
        for _ in range(chance.choice((0, 0, 0, 0, 0, 1, 1, 1, 2, 4))):
            chance.choice(SPOIL)(update, chance)
        return Raw(str(number), write(update))

    def unparsable(self, number: int) -> Raw:
        """Not even JSON, or none of the Bot API."""
        return Raw(str(number), self._chance.choice(UNPARSABLE))

    def _address(self, template: JSON, number: int, account: int) -> JSON:
        """The template as this person's, with numbers of its own."""
        update: JSON = deepcopy(template)
        for holder, key in places(update):
            if holder[key] == self._person:
                holder[key] = account
            elif key == "message_id":
                holder[key] = number
        return update | {"update_id": number}

    def _fill(self, update: JSON, account: int) -> None:
        for holder, key in list(places(update)):
            if key in {"text", "caption"}:
                holder[key] = self._words(account)
                if holder[key][0] != "/" and self._chance.random() < 0.9:  # the others are false commands
                    holder.pop("entities", None)
            elif key == "data":
                holder[key] = self._token(account)

    def _words(self, account: int) -> str:
        """Most often the next answer of a story, so that talks stand everywhere and go on."""
        if self._chance.random() < 0.6:
            self._steps[account] += 1
            line = STORY[self._steps[account] % len(STORY)]
            return line.replace("Прыклад", self._canary).replace("масках", self._canary)
        pieces = self._chance.choices(PIECES, k=self._chance.choice((1, 1, 1, 2, 4)))
        pieces.insert(self._chance.randint(0, len(pieces)), self._canary)
        return " ".join(pieces)

    def _token(self, account: int) -> str:
        """A button that stands there, one that stood there once or elsewhere, or none."""
        live = self.tokens.get(account, self._used)
        token = self._chance.choice(live or self._used)
        self._used = [*self._used[-500:], token]
        old = self._chance.choice(self._used)
        return self._chance.choice((token, token, token, old, token[:-1], token * 3, self._words(account)))


def write(update: JSON) -> bytes:
    """As the network would spell it, and worse."""
    chance = random.Random(str(update.get("update_id")))
    deep, huge = chance.choice(LEVELS), chance.choice(DIGITS)
    text = json.dumps(update)
    text = text.replace(_DEEP, "[" * deep + "]" * deep)
    return text.replace(_HUGE, "9" * huge).encode("ascii")


def places(tree: Any) -> Iterator[Place]:
    """Every place in a tree where something stands."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in list(pairs):
        yield tree, key
        yield from places(value)


def _pick(update: JSON, chance: random.Random) -> Place:
    if len(update) < 2:
        update["message"] = {}
    return chance.choice([place for place in places(update) if place[1] != "update_id"])


def _drop(update: JSON, chance: random.Random) -> None:
    holder, key = _pick(update, chance)
    del holder[key]


def _retype(update: JSON, chance: random.Random) -> None:
    holder, key = _pick(update, chance)
    holder[key] = chance.choice(VALUES)()


def _swap(update: JSON, chance: random.Random) -> None:
    (one, first), (other, second) = _pick(update, chance), _pick(update, chance)
    one[first], other[second] = deepcopy(other[second]), deepcopy(one[first])


def _add(update: JSON, chance: random.Random) -> None:
    """A key from elsewhere, where the library may know it."""
    (one, _), (other, name) = _pick(update, chance), _pick(update, chance)
    if isinstance(one, dict):
        one[str(name)] = deepcopy(other[name])


def _nest(update: JSON, chance: random.Random) -> None:
    holder, key = _pick(update, chance)
    holder[key] = {str(key): holder[key]} if chance.random() < 0.5 else [holder[key]] * 3


def _reword(update: JSON, chance: random.Random) -> None:
    found = [(holder, key) for holder, key in places(update) if isinstance(holder[key], str)]
    if found:
        holder, key = chance.choice(found)
        holder[key] = chance.choice(PIECES)


def _renumber(update: JSON, chance: random.Random) -> None:
    found = [
        (holder, key) for holder, key in places(update) if isinstance(holder[key], int) and key != "update_id"
    ]
    if found:
        holder, key = chance.choice(found)
        holder[key] = chance.choice((0, -1, 2**31, 2**53 + 1, 2**64, -holder[key], holder[key] + 1))


SPOIL: tuple[Callable[[JSON, random.Random], None], ...] = (
    _drop, _retype, _swap, _add, _nest, _reword, _renumber,
)  # fmt: skip
