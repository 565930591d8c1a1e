"""What a reporter sees of a question, and what a moderator chooses from."""

from __future__ import annotations

import hashlib
import re

from handlers.asking.questions import FREE, load_questions
from handlers.asking.screening import findings, screen
from handlers.asking.ways import Question, Way
from handlers.intake.buttons import in_rows
from handlers.intake.draws import LETTERS
from handlers.screens import Button, Line, Screen
from handlers.triage.acts import Action
from handlers.triage.cases import Case
from handlers.triage.contacts import open_contact
from handlers.triage.orders import Order, write_token

WRITE, DECLINE, DONE = "write", "decline", "done"
GAP = Line("gap")
_MARK = 6
_TOKEN = re.compile(r"q:([0-9A-Z]{6}):([a-z_]{1,16})", re.ASCII)


def draw_mark(chance: bytes) -> str:
    """What makes the buttons of one question its own; `chance` is used for nothing else."""
    number = int.from_bytes(hashlib.blake2b(b"question", key=chance[:64], digest_size=16).digest(), "big")
    letters = []
    for _ in range(_MARK):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def read_press(token: str) -> tuple[str, str] | None:
    """Mark and choice behind a button of a question; None where it is none."""
    found = _TOKEN.fullmatch(token)
    return (found[1], found[2]) if found else None


def words_of(question: Question) -> Line:
    """The question itself."""
    if question.id == FREE:
        return Line("asking-free", {"words": question.words})
    return Line(f"asking-ask-{question.id}")


def show_question(way: Way, question: Question, *above: Line) -> Screen:
    """A question in the reporter's chat. A locked phone shows how it begins: with words that say nothing."""
    foot = Line("asking-foot", {"code": way.code})
    lines = (*above, Line("asking-head"), GAP, words_of(question), GAP, foot)
    answers = load_questions().answers.get(question.id, ())
    offered = [_button(question, Line(f"asking-answer-{answer}"), answer) for answer in answers]
    last = (
        _button(question, Line("asking-button-write"), WRITE),
        _button(question, Line("asking-button-decline"), DECLINE),
    )
    return Screen(lines, (*in_rows(offered, width=2), last))


def show_kept(way: Way, question: Question, *above: Line) -> Screen:
    """An answer is kept; something may be added."""
    lines = (*above, Line("asking-kept", {"code": way.code}))
    return Screen(lines, ((_button(question, Line("asking-button-done"), DONE),),))


def show_choices(case: Case) -> Screen:
    """The closed list as buttons for a moderator."""
    open_now = open_contact(case) is not None
    head = Line("asking-choose-again" if open_now else "asking-choose", {"code": case.code})
    offered = [
        Button(name_of(question), write_token(case, Order(Action.ASK, (question,))))
        for question in load_questions().canned
    ]
    return Screen((head, Line("asking-choose-free", {"code": case.code})), in_rows(offered, width=2))


def show_draft(text: str) -> tuple[Line, ...]:
    """A question in free words, for the second person: with what the screen finds in it."""
    return GAP, Line("asking-free", {"words": text}), GAP, findings(screen(text))


def name_of(question: str) -> Line:
    """A question in one or two words."""
    return Line(f"asking-name-{question}")


def _button(question: Question, label: Line, choice: str) -> Button:
    return Button(label, f"q:{question.mark}:{choice}")
