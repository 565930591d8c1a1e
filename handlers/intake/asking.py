"""The screens of questions: what is asked, what is noted already, and the buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.intake.acts import Act
from handlers.intake.buttons import Row, button, in_rows
from handlers.intake.conditions import chosen
from handlers.intake.offers import offered
from handlers.intake.pack import Pack
from handlers.intake.path import current
from handlers.intake.questionnaire import Kind, Question
from handlers.intake.report import write_report
from handlers.intake.review import label, told_in
from handlers.intake.talk import Talk
from handlers.screens import Button, Line
from handlers.texts import Texts

GAP = Line("gap")
WIDE = 18  # two buttons stand in a row when both labels are at most this long


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is written from."""

    pack: Pack
    texts: Texts
    talk: Talk
    now: datetime
    helping: bool = False


Body = tuple[tuple[Line, ...], tuple[Row, ...]]


def _question(page: Page, question: Question) -> tuple[Line, ...]:
    visible = [each.id for each in page.pack.questionnaire.visible(page.talk.answers)]
    progress = {"n": str(visible.index(question.id) + 1), "of": str(len(visible))}
    if question.id == page.pack.questionnaire.questions[0].id:
        watcher = f"watcher-{page.talk.room.network}"
        known = watcher if page.texts.has(page.talk.language, watcher) else "watcher-telegram"
        return (Line(f"ask-{question.id}", {"watcher": Line(known)}),)
    return (Line("asked", {**progress, "ask": Line(f"ask-{question.id}")}), *_so_far(page, question))


def _so_far(page: Page, question: Question) -> tuple[Line, ...]:
    """What is noted already, when somebody comes back to a question."""
    if question.id not in page.talk.answers or question.kind is Kind.MULTI:
        return ()
    body = write_report(page.pack, page.talk, now=page.now, finished=False)
    words = told_in(page.pack, page.texts, body).get(question.id)
    return (Line("so-far", {"words": words}),) if words else ()


def _asked(page: Page) -> Question:
    question = current(page.pack, page.talk)
    assert question is not None  # noqa: S101  (only states of questions come here)
    return question


def choice_page(page: Page) -> Body:
    """One of several."""
    question = _asked(page)
    marked = chosen(page.talk.answers, question.id)
    return _question(page, question), _picks(page, question, marked)


def multi_page(page: Page) -> Body:
    """Several of several; long labels stand in the text, numbered."""
    question = _asked(page)
    ids = offered(page.pack, page.talk, question)
    if not question.listed:
        rows = _picks(page, question, frozenset(page.talk.picked))
        return _question(page, question), (*rows, (button(page.talk, "nav-done", Act.DONE),))
    lines = tuple(_listed(page, question, number, each) for number, each in enumerate(ids, start=1))
    numbers = [
        button(page.talk, _mark(Line("number", {"n": str(n)}), on=each in page.talk.picked), Act.PICK, each)
        for n, each in enumerate(ids, start=1)
    ]
    done = (button(page.talk, "nav-done", Act.DONE),)
    return (*_question(page, question), GAP, *lines), (*in_rows(numbers, width=3), done)


def _listed(page: Page, question: Question, number: int, choice: str) -> Line:
    told = _mark(label(question, choice), on=choice in page.talk.picked)
    return Line("listed", {"n": str(number), "label": told})


def typed_page(page: Page) -> Body:
    """Typed, with buttons for what is often said."""
    question = _asked(page)
    return _question(page, question), _picks(page, question, frozenset())


def _picks(page: Page, question: Question, marked: frozenset[str]) -> tuple[Row, ...]:
    buttons = [
        button(page.talk, _mark(label(question, each), on=each in marked), Act.PICK, each)
        for each in offered(page.pack, page.talk, question)
    ]
    return _fitted(page, buttons)


def _fitted(page: Page, buttons: list[Button]) -> tuple[Row, ...]:
    """Two short labels share a row, a long one stands alone, so that nothing is cut off on a phone."""
    rows: list[Row] = []
    for each in buttons:
        last = rows[-1] if rows else ()
        if len(last) == 1 and _is_short(page, each) and _is_short(page, last[0]):
            rows[-1] = (*last, each)
        else:
            rows.append((each,))
    return tuple(rows)


def _is_short(page: Page, each: Button) -> bool:
    """Measured without its tick, so that no button moves away under a finger when another is ticked."""
    label = each.label.args["label"] if each.label.key == "picked" else each.label
    return isinstance(label, Line) and len(page.texts.say(page.talk.language, label)) <= WIDE


def _mark(told: Line, *, on: bool) -> Line:
    return Line("picked", {"label": told}) if on else told


def day_page(_page: Page) -> Body:
    """Another date."""
    return (Line("ask-day"),), ()


def region_page(page: Page) -> Body:
    """The region of a place."""
    ids = offered(page.pack, page.talk, _asked(page))
    buttons = [button(page.talk, Line(f"vocab-region-{each}"), Act.PICK, each) for each in ids]
    return (Line("ask-region"),), _fitted(page, buttons)


def found_page(page: Page) -> Body:
    """Facilities that fit."""
    return (Line("ask-found"),), (
        *_picks(page, _asked(page), frozenset()),
        (button(page.talk, "nav-as-written", Act.NEXT),),
    )


def town_page(_page: Page) -> Body:
    """The town of a facility."""
    return (Line("ask-town"),), ()


def more_page(page: Page) -> Body:
    """More of the story."""
    question = _asked(page)
    answer = page.talk.answers.get(question.id)
    length = len(answer.value) if answer and answer.value else 0
    return (Line("ask-more", {"kept": length}),), (
        (button(page.talk, "nav-next", Act.NEXT), button(page.talk, "nav-anew", Act.ANEW)),
    )
