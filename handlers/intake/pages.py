"""Which screen stands for which state; the screens around the questions; the ways out, always there."""

from __future__ import annotations

from collections.abc import Callable

from handlers.guidance import help_cards
from handlers.intake import asking
from handlers.intake.acts import Act, State
from handlers.intake.asking import GAP, Body, Page
from handlers.intake.buttons import Row, button, in_rows
from handlers.intake.offers import offered
from handlers.intake.path import current, unanswered, where
from handlers.intake.report import write_report
from handlers.intake.review import label, review_lines
from handlers.legal_clock import deadlines
from handlers.screens import Button, Line, Screen

ONE_MESSAGE = 3900  # characters; a Telegram message takes 4096


def draw(page: Page, above: tuple[Line, ...] = ()) -> Screen:
    """The screen of the talk's state, with lines above it that say what just happened."""
    state = where(page.pack, page.talk)
    lines, rows = _PAGES[state](page)
    head = tuple(line for each in above for line in (each, GAP))
    return Screen((*head, *lines, *_help(page, state)), (*rows, *_ways_out(page, state)))


def _language_page(page: Page) -> Body:
    names = (button(page.talk, f"language-{each}", Act.PICK, each) for each in page.texts.languages)
    return (Line("ask-language"),), (tuple(names),)


def _review_page(page: Page) -> Body:
    body = write_report(page.pack, page.talk, now=page.now, finished=True)
    left = len(unanswered(page.pack, page.talk.answers))
    onward = ((button(page.talk, "nav-onward", Act.NEXT),),) if left else ()
    if not body["answers"] and not body["notes"]:
        return (Line("nothing-yet"),), onward
    numbers = [
        button(page.talk, Line("number", {"n": str(n)}), Act.EDIT, question)
        for n, question in enumerate(body["answers"], start=1)
    ]
    send = (button(page.talk, "nav-send", Act.SEND),)
    forget = ((button(page.talk, "nav-forget", Act.FORGET),),) if page.talk.notes else ()
    lines = (Line("review-head"), GAP, *review_lines(page.pack, page.texts, body), GAP, Line("review-foot"))
    return (*lines, *((Line("review-left", {"left": left}),) if left else ())), (
        *in_rows(numbers, width=6),
        send,
        *onward,
        *forget,
    )


def _erase_page(page: Page) -> Body:
    return (Line("ask-erase"),), (
        (button(page.talk, "nav-erase", Act.ERASE),),
        (button(page.talk, "nav-go-on", Act.BACK),),
    )


def _sent_page(page: Page) -> Body:
    consent = tuple(page.talk.extra.get("agreed", ()))
    question = page.pack.questionnaire.find(page.pack.questionnaire.consent.question)
    assert question is not None  # noqa: S101  (checked when the pack was read)
    agreed = tuple(Line("agreed-item", {"label": label(question, each)}) for each in consent)
    head = (
        Line("sent-head", {"code": page.talk.code}),
        *((Line("agreed-head"), *agreed) if agreed else (Line("agreed-nothing"),)),
        *((Line("sent-contact"),) if "c_contact" in consent else ()),
        GAP,
    )
    foot = (Line("sent-foot"),)
    lines = (*head, *_fitting(page, (*head, *foot)), *foot)
    another = (button(page.talk, "nav-another", Act.ANOTHER),)
    return lines, (another, (button(page.talk, "nav-finish", Act.FINISH),))


def _fitting(page: Page, fixed: tuple[Line, ...]) -> tuple[Line, ...]:
    """Deadlines and help cards, as many as one message takes; the most useful come first."""
    clock = deadlines(page.talk.answers, now=page.now)
    lines: tuple[Line, ...] = (*clock, GAP) if clock else ()
    room = ONE_MESSAGE - _length(page, (*fixed, *lines))
    for card in help_cards(page.talk.answers, now=page.now):
        room -= _length(page, (card, GAP))
        if room < 0:
            break
        lines = (*lines, card, GAP)
    return lines


def _length(page: Page, lines: tuple[Line, ...]) -> int:
    """Characters, a line break after each line."""
    return sum(len(page.texts.say(page.talk.language, each)) + 1 for each in lines)


def _help(page: Page, state: State) -> tuple[Line, ...]:
    if not page.helping:
        return ()
    question = current(page.pack, page.talk)
    own = Line(f"help-{question.id}") if question else Line(f"help-screen-{state}")
    typed = () if state in (State.SENT, State.ERASE, State.LANGUAGE) else (Line("help-words"),)
    return (GAP, own, *typed)


def _ways_out(page: Page, state: State) -> tuple[Row, ...]:
    """The row that is always there: back, skip, I do not know, help, language, stop."""
    if state in (State.SENT, State.ERASE):
        return ((button(page.talk, "nav-language", Act.LANGUAGE),),) if state is State.SENT else ()
    if state is State.LANGUAGE:
        return ((button(page.talk, "nav-back", Act.BACK),),)
    first = page.talk.step == page.pack.questionnaire.questions[0].id
    moves = () if first else _moves(page, state)
    reasons = _reasons(page) if page.helping and not first and state is not State.REVIEW else ()
    last = (
        *(() if page.helping else (button(page.talk, "nav-help", Act.HELP),)),
        button(page.talk, "nav-language", Act.LANGUAGE),
        *(() if first else (button(page.talk, "nav-stop", Act.STOP),)),
    )
    return (*(row for row in (moves, reasons) if row), last)


def _moves(page: Page, state: State) -> Row:
    talk, question = page.talk, current(page.pack, page.talk)
    way: list[Button] = [button(talk, "nav-back", Act.BACK)]
    if question is None or state is State.MORE:
        return tuple(way)
    if not question.required:
        way.append(button(talk, "nav-skip", Act.SKIP))
    if not {"unknown", "unknown_name"} & set(offered(page.pack, talk, question)):
        way.append(button(talk, "nav-unknown", Act.UNKNOWN))
    if question.id in talk.answers and state is not State.FOUND:
        way.append(button(talk, "nav-next", Act.NEXT))
    return tuple(way)


def _reasons(page: Page) -> Row:
    return (
        button(page.talk, "nav-refuse", Act.REFUSE),
        button(page.talk, "nav-risky", Act.RISKY),
    )


_PAGES: dict[State, Callable[[Page], Body]] = {
    State.CHOICE: asking.choice_page,
    State.MULTI: asking.multi_page,
    State.PERSON: asking.typed_page,
    State.DATE: asking.typed_page,
    State.DAY: asking.day_page,
    State.PLACE: asking.typed_page,
    State.REGION: asking.region_page,
    State.FACILITY: asking.typed_page,
    State.FOUND: asking.found_page,
    State.TOWN: asking.town_page,
    State.TEXT: asking.typed_page,
    State.MORE: asking.more_page,
    State.LANGUAGE: _language_page,
    State.REVIEW: _review_page,
    State.ERASE: _erase_page,
    State.SENT: _sent_page,
}
