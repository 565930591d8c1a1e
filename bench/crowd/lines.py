"""Turns as bytes: updates and answers as the Bot API has them, and every way to spell what is expected."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from bench.crowd.script import PERSON, Rows, Turn

BOT = '{"id":4242,"is_bot":true,"first_name":"Vestka","username":"vestka_bench_bot"}'


@dataclass(frozen=True, slots=True)
class Line:
    """A turn, ready to be sent many times.

    `update` takes (update id, message id or 0, person, callback data); `answer` takes (message id, person).
    """

    turn: Turn
    typed: str
    pressed: str
    answer: str
    spellings: tuple[str, ...] = field(repr=False)

    def update(self, number: int, message: int, person: int, data: str) -> bytes:
        """What `getUpdates` hands out."""
        if self.turn.text:
            told = self.typed % {"update": number, "message": message, "person": person}
        else:
            values = {"update": number, "message": message, "person": person, "data": data}
            told = self.pressed % values
        return told.encode("ascii")

    def expected(self, person: int) -> tuple[bytes, ...]:
        """The words that must come back, in every way that a client may spell them."""
        return tuple(one.replace(PERSON, str(person)).encode() for one in self.spellings)

    def reply(self, message: int, person: int) -> bytes:
        """What `sendMessage` and `editMessageText` give back."""
        return (self.answer % {"message": message, "person": person}).encode("ascii")


def make_lines(turns: tuple[Turn, ...]) -> tuple[Line, ...]:
    """Every turn of a script; a press carries the screen that it was made on."""
    date = int(time.time())
    before: tuple[str, Rows] = ("…", ())
    lines = []
    for turn in turns:
        answer = _escape_and_fill(_message("message", turn.shown, turn.buttons, date=date, mine=True))
        pressed = _press(_message("message", *before, date=date, mine=True))
        lines.append(
            Line(
                turn,
                typed=_escape_and_fill(_typed(turn.text, date)),
                pressed=_escape_and_fill(pressed),
                answer=f'{{"ok":true,"result":{answer}}}',
                spellings=_spellings(turn.expect),
            )
        )
        before = (turn.shown, turn.buttons)
    return tuple(lines)


def _typed(text: str, date: int) -> str:
    entities = ""
    if text.startswith("/"):
        entities = f',"entities":[{{"type":"bot_command","offset":0,"length":{len(text)}}}]'
    return (
        f'{{"update_id":<update>,"message":{{"message_id":<message>,"from":{_person()},"chat":{_chat()},'
        f'"date":{date},"text":{json.dumps(text)}{entities}}}}}'
    )


def _press(message: str) -> str:
    return (
        f'{{"update_id":<update>,"callback_query":{{"id":"<update>","from":{_person()},"message":{message},'
        '"chat_instance":"1","data":"<data>"}}'
    )


def _message(number: str, text: str, buttons: Rows, *, date: int, mine: bool) -> str:
    markup = ""
    if buttons:
        rows = [[{"text": label, "callback_data": data} for label, data in row] for row in buttons]
        markup = f',"reply_markup":{json.dumps({"inline_keyboard": rows}, separators=(",", ":"))}'
    sender = BOT if mine else _person()
    return (
        f'{{"message_id":<{number}>,"from":{sender},"chat":{_chat()},"date":{date},'
        f'"text":{json.dumps(text)}{markup}}}'
    )


def _person() -> str:
    return '{"id":<person>,"is_bot":false,"first_name":"Ganna","language_code":"be"}'


def _chat() -> str:
    return '{"id":<person>,"first_name":"Ganna","type":"private"}'


def _escape_and_fill(template: str) -> str:
    """A %-template out of one with <names>."""
    told = template.replace(PERSON, "<person>").replace("%", "%%")
    for name in ("update", "message", "person", "data"):
        told = told.replace(f"<{name}>", f"%({name})s")
    return told


def _spellings(words: str) -> tuple[str, ...]:
    """Plain, in a form, in JSON."""
    return tuple(dict.fromkeys((quote_plus(words), words, json.dumps(words)[1:-1])))
