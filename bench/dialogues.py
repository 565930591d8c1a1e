"""The scripts: a report to Vestka as its own handlers would answer it, and the same length for the rivals."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.crowd.script import PERSON, Script, Turn
from handlers.texts import Rows
from tests.handlers.intake.chat import Chat
from tests.journeys.stories import MOTHER, SEND

TYPED = tuple(line.strip("[]") for line in (*MOTHER, SEND))
TAPPED = (
    "/start", "[Так, я за мяжой]", "[Маці або бацька]", "[Не ведаю імя]", "[Учора]", "[Гродзенская]",
    "[АМАП]", "[Гатова ›]", "[Не, невядома]", "[Збілі, ёсць траўмы]", "[Гатова ›]", "[Прапусціць]",
    "[Прапусціць]", "[5]", "[Гатова ›]", "[Адправіць]",
)  # fmt: skip
_BACK = ("[‹ Назад]", "[Учора]")
ERASED = {
    "tapped": (*TAPPED[:5], *_BACK, *_BACK, *_BACK, "[✕ Спыніць]", "[Так, сцерці ўсё]"),
    "typed": (*TYPED[:5], "назад", *TYPED[4:6], "/stop", "так, сцерці ўсё"),
}
REPORT = {"tapped": TAPPED, "typed": TYPED}
WAYS = ("tapped", "typed")
QUESTIONS = 11
_EXPECTED = 20  # letters of a screen: enough to know the question, before any code
_CHOICES = "abcd"


def report(way: str) -> Script:
    """A whole report, sealed at the end; what must come back is what the handlers decide."""
    return _told(REPORT[way])


def erased(way: str) -> Script:
    """Five questions, some again, and everything erased: nothing is sealed."""
    return _told(ERASED[way])


def _told(lines: tuple[str, ...]) -> Script:
    chat = Chat(hint="be")
    chat.now = datetime.now(UTC)
    turns = tuple(_turn(chat, line) for line in lines)
    return Script(turns, seals=len(chat.seals))


def _turn(chat: Chat, line: str) -> Turn:
    press = -1
    if line.startswith("/"):
        chat.command(line[1:])
    elif line.startswith("["):
        press = chat.labels.index(line.strip("[]"))
        chat.press(line.strip("[]"))
    else:
        chat.write(line)
    text = line if press < 0 else ""
    expect = chat.text[:_EXPECTED].rstrip()
    return Turn(text, press, expect=expect, shown=chat.text, buttons=chat.rows)


def form(way: str) -> Script:
    """Eleven questions; the last answer of the bot repeats all that was said: it must have kept it."""
    turns = [Turn("/start", -1, expect="Question-1.", shown="Question-1.", buttons=_choices(1, way))]
    told = []
    for number in range(1, QUESTIONS + 1):
        press = number % len(_CHOICES) if way == "tapped" else -1
        told.append(f"{number}{_CHOICES[press]}" if way == "tapped" else f"answer-{number}-of-{PERSON}")
        last = number == QUESTIONS
        reply = f"Thanks.{'.'.join(told)}." if last else f"Question-{number + 1}."
        buttons = () if last else _choices(number + 1, way)
        turns.append(Turn("" if press >= 0 else told[-1], press, expect=reply, shown=reply, buttons=buttons))
    return Script(tuple(turns))


def echo(way: str) -> Script:
    """As many turns, each answered with what was said: the least a bot can do."""
    turns = []
    for number in range(QUESTIONS + 1):
        words = f"answer-{number}-of-{PERSON}"
        pressed = way == "tapped" and number > 0
        turns.append(
            Turn(
                "" if pressed else words,
                0 if pressed else -1,
                expect="again" if pressed else words,
                shown=words,
                buttons=((("again", "again"),),) if way == "tapped" else (),
            )
        )
    return Script(tuple(turns))


def _choices(question: int, way: str) -> Rows:
    if way != "tapped":
        return ()
    return (tuple((letter, f"{question}{letter}") for letter in _CHOICES),)


def said(_way: str) -> Script:
    """The echo without buttons, whatever way the others go."""
    return echo("typed")


SCRIPTS = {"report": report, "erased": erased, "form": form, "echo": echo, "said": said}
