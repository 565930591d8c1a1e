"""A reporter and the question that was put to them: one event in, the way's next state and effects out.

It is asked only while no conversation is open, so it disturbs none; and it never takes what is meant for one:
whatever is no answer goes on to `handlers.intake`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from handlers.asking import drawing
from handlers.asking.drawing import DECLINE, DONE, WRITE, read_press, show_kept, show_question
from handlers.asking.questions import load_questions
from handlers.asking.ways import Question, Stage, Way
from handlers.effects import Effect, Hint, NoteContact, SealAddition, Show
from handlers.events import Attached, Commanded, Event, Medium, Pressed, Wrote
from handlers.intake.words import Word, read_word
from handlers.screens import Line, Screen
from handlers.triage.cases import Reached

SCHEMA = "vestka.addition/1"
MORE_FOR = timedelta(minutes=10)  # a long answer comes in several messages
THANKS_GONE = 90  # seconds
LONGEST_LIFE = timedelta(hours=46)  # of a screen; after 48 hours Telegram lets nobody delete it


@dataclass(frozen=True, slots=True)
class Step:
    """Where the question stands now (None: it is over) and what is to be done."""

    question: Question | None
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class At:
    """One event on the way, and what was passed in. `limit`: characters kept of one message."""

    way: Way
    question: Question
    event: Event = field(repr=False)
    now: datetime
    limit: int

    @property
    def below(self) -> bool:
        """What was typed is answered below; a press edits the screen."""
        return not isinstance(self.event, Pressed)


def step(at: At) -> Step | None:
    """What an event means on the way of an open question; None where it is no answer to it."""
    if at.question.stage is Stage.MORE and (at.question.until is None or at.question.until <= at.now):
        return None
    match at.event:
        case Pressed(token=token):
            return _press(at, read_press(token))
        case Commanded(name="help"):
            return _again(at, Line("asking-help"))
        case Wrote(text=text) if text.strip():
            return _typed(at, text)
        case Attached(medium=medium, caption=caption):
            return _attached(at, medium, caption)
        case _:
            return None


def put(way: Way, question: Question, *above: Line, now: datetime, below: bool = False) -> Show:
    """The screen of a question. It goes by itself when the way back ends."""
    life = max(timedelta(minutes=1), min(way.ends - now, LONGEST_LIFE))
    screen, seconds = show_question(way, question, *above), int(life.total_seconds())
    return Show(screen, below=below, gone_after=seconds, tells=way.case)


def put_after(way: Way, question: Question, last: Show, *, now: datetime) -> Show:
    """The question below the last words of a conversation, on one screen."""
    own = put(way, question, now=now)
    lines = (*last.screen.lines, drawing.GAP, *own.screen.lines)
    return replace(own, screen=replace(own.screen, lines=lines), below=last.below)


def _press(at: At, pressed: tuple[str, str] | None) -> Step:
    mark, choice = pressed or ("", "")
    if mark != at.question.mark:
        return _again(at, hint=Hint(Line("stale")))
    if choice in _CHOICES:
        return _CHOICES[choice](at)
    if at.question.stage is Stage.MORE or choice not in load_questions().answers.get(at.question.id, ()):
        return _again(at, hint=Hint(Line("stale")))
    return _keep(at, {"value": choice})


def _typed(at: At, text: str) -> Step | None:
    word = read_word(text)
    if word in _MEANT_FOR_INTAKE:
        return None
    if word == "help":
        return _again(at, Line("asking-help"))
    if at.question.stage is Stage.MORE:
        return _finish(at) if word in _NO_MORE else _tell(at, text)
    if word in _RATHER_NOT:
        return _decline(at)
    if word in load_questions().answers.get(at.question.id, ()):
        return _keep(at, {"value": word, "words": text})
    return _tell(at, text)


def _attached(at: At, medium: Medium, caption: str) -> Step:
    """What is no text is not kept, its caption is."""
    line = Line(f"media-{medium}" if medium in (Medium.VOICE, Medium.LOCATION) else "media-other")
    return _tell(at, caption, line) if caption.strip() else _again(at, line)


def _tell(at: At, text: str, *above: Line) -> Step:
    left = len(text) - at.limit
    cut = (Line("too-long", {"kept": at.limit, "left": left}),) if left > 0 else ()
    return _keep(at, {"words": text[: at.limit]}, *above, *cut)


def _keep(at: At, answer: Mapping[str, object], *above: Line) -> Step:
    """Seal an answer; what follows within some minutes is added in the same way."""
    more = replace(at.question, stage=Stage.MORE, until=at.now + MORE_FOR)
    shown = Show(show_kept(at.way, more, *above), below=at.below, gone_after=int(MORE_FOR.total_seconds()))
    return Step(more, (SealAddition(at.way.case, _body(at, answer)), shown))


def _body(at: At, answer: Mapping[str, object]) -> Mapping[str, object]:
    """What is sealed: which question of which case, and the answer to it (docs/report.md)."""
    return {
        "v": 1,
        "schema": SCHEMA,
        "case": at.way.code,
        "case_id": at.way.case.hex(),
        "language": at.way.language,
        "question": {"id": at.question.id, "words": at.question.words},
        "answer": dict(answer),
    }


def _write(at: At) -> Step:
    """How to answer in words."""
    return _again(at, Line("asking-write"))


def _decline(at: At) -> Step:
    """They would rather not say."""
    if at.question.stage is Stage.MORE:
        return _finish(at)
    return Step(None, (NoteContact(at.way.case, Reached.DECLINED), *_finish(at).effects))


def _finish(at: At) -> Step:
    screen = Screen((Line("asking-thanks"),))
    return Step(None, (Show(screen, below=at.below, gone_after=THANKS_GONE),))


def _again(at: At, *above: Line, hint: Hint | None = None) -> Step:
    """The same screen once more; nothing is lost."""
    if at.question.stage is Stage.MORE:
        shown = Show(show_kept(at.way, at.question, *above), below=at.below, gone_after=THANKS_GONE)
    else:
        shown = put(at.way, at.question, *above, now=at.now, below=at.below)
    return Step(at.question, (*((hint,) if hint else ()), shown))


_CHOICES: Mapping[str, Callable[[At], Step]] = {WRITE: _write, DECLINE: _decline, DONE: _finish}
_MEANT_FOR_INTAKE: frozenset[Word | None] = frozenset(
    ("stop", "restart", "language", "language_be", "language_ru", "language_en", "review", "another")
)
_RATHER_NOT: frozenset[Word | None] = frozenset(("refused", "unsafe", "skip"))
_NO_MORE: frozenset[Word | None] = frozenset(("done", "no", "none", "skip"))
