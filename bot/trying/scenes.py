"""Takes the pictures for the moderators' guide: `python -m bot.trying.scenes docs/images`.

Everything invented is here: the cases, the pseudonyms, one question. All else is what moderators see: each
case becomes what it is by real orders, and every word comes out of the catalogues.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.seconding import show_request
from bot.trying.phone import Said, Shot, draw
from handlers.approvals import Approval, Matter, Request
from handlers.asking.drawing import show_choices, show_draft
from handlers.guard.rules import Broken
from handlers.guard.standing import State, Warn
from handlers.guard.words import warning
from handlers.intake.talk import Answer
from handlers.matching.hints import Alike
from handlers.matching.likeness import Fact
from handlers.screens import Line, Screen
from handlers.texts import LANGUAGES, Texts
from handlers.triage.acts import Action
from handlers.triage.boards import Health, Wanted, dashboard, queue
from handlers.triage.cards import card, title
from handlers.triage.cases import Case, Status, Step
from handlers.triage.changes import Refusal
from handlers.triage.contacts import hear
from handlers.triage.deciding import Decision, Done, decide
from handlers.triage.hands import Hand
from handlers.triage.orders import Order
from handlers.triage.summary import card_facts
from handlers.triage.urgency import load_rules, weigh

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAY = NOW.date()
TEAM = frozenset(("m-01", "m-04", "m-07", "m-12"))
MINE, OTHER = Hand("m-07", "moderator", DAY, TEAM), Hand("m-04", "moderator", DAY, TEAM)
TOLD = {
    "whereabouts": "denied",
    "urgent_flags": ["injured", "medicine"],
    "detained_by": ["omon", "kgb"],
    "detained_when": {"day": "2026-11-22", "time": None, "precision": "unknown_day"},
    "detained_where": {"town": None, "region": "BY-HM", "facility": None},
    "person": {"given_name": None, "surname": None, "patronymic": None, "birth_year": 1990, "age": None},
}
FREE = {
    "be": "Ці ўдалося перадаць лекі?",
    "ru": "Удалось ли передать лекарства?",
    "en": "Could the medicine be handed over?",
}
CALM = {**TOLD, "whereabouts": "known", "urgent_flags": ["none"], "detained_by": ["police"]}


@dataclass(frozen=True, slots=True)
class Scene:
    """Shows screens and topics in one language."""

    texts: Texts
    language: str

    def show(self, screen: Screen, *, file: str = "") -> Said:
        """A screen as a message of the bot."""
        words, rows = self.texts.show(self.language, screen)
        return Said(words, file=file, buttons=rows)

    def topic(self, case: Case, *messages: Said, toast: str = "") -> Shot:
        """The topic of a case."""
        return Shot(title(case), messages, toast)


def report(code: str, told: Mapping[str, object]) -> Case:
    """A case as it comes in."""
    answers = {question: Answer(value=value) for question, value in told.items()}
    facts = card_facts(answers, weigh(load_rules(), answers, now=NOW), now=NOW, finished=True)
    today = DAY.isoformat()
    return Case(code.encode(), code, facts, Status.NEW, None, (Step(Status.NEW, today),), today)


def after(case: Case, *orders: Order, hand: Hand = MINE) -> Case:
    """The case after these orders; every one of them must be allowed."""
    for order in orders:
        match decide(case, order, hand):
            case Done(changed=changed):
                case = changed[0][1]
            case _:
                raise ValueError(f"{order.action} is not done at once, or not with a {case.status} case.")
    return case


def answer(decision: Decision) -> Line:
    """What is said about an order."""
    match decision:
        case Done() | Refusal():
            return decision.line
        case _:
            raise ValueError("There is more to say than one line.")


FIRST, SECOND = report("K7Q4F", TOLD), report("R3T9K", CALM)
TAKEN = after(FIRST, Order(Action.CLAIM))


def new_card(scene: Scene) -> Shot:
    """A report has just come, and another one may be about the same person."""
    alike = (Alike(SECOND.code, (Fact.NAME, Fact.YEAR)),)
    return scene.topic(FIRST, scene.show(card(FIRST, policy="card", alike=alike), file="K7Q4F.age"))


def taken_card(scene: Scene) -> Shot:
    """The same case some hours later; somebody else presses an old button."""
    case = after(
        TAKEN,
        Order(Action.LABEL, ("lawyer",)),
        Order(Action.LIFE, ("detained", DAY.isoformat(), "officials", "B")),
        Order(Action.CONTACT, ("none",)),
        Order(Action.NOTE),
        Order(Action.ASK, ("facility",)),
    )
    toast = scene.texts.say(scene.language, answer(decide(TAKEN, Order(Action.CLAIM), OTHER)))
    return scene.topic(case, scene.show(card(hear(case), policy="card"), file="K7Q4F.age"), toast=toast)


def merging(scene: Scene) -> Shot:
    """What cannot be undone is shown before it is done."""
    preview = decide(SECOND, Order(Action.MERGE, (FIRST.code,)), MINE, other=TAKEN)
    shown = [scene.show(preview)] if isinstance(preview, Screen) else []
    return scene.topic(SECOND, Said(f"/merge {FIRST.code}", mine=True), *shown)


def asking(scene: Scene) -> Shot:
    """The closed list of questions."""
    return scene.topic(TAKEN, Said("/ask", mine=True), scene.show(show_choices(TAKEN)))


def agreeing(scene: Scene) -> Shot:
    """A question in free words, before a second person."""
    asked = Approval(bytes(16), Request(Matter.QUESTION, TAKEN.id), MINE.by, until="2026-11-24")
    screen = show_request(
        asked, Line("second-question", {"code": TAKEN.code}), show_draft(FREE[scene.language])
    )
    return scene.topic(TAKEN, scene.show(screen))


def boards(scene: Scene) -> Shot:
    """The pinned dashboard, and the queue under it."""
    waits = replace(report("T4M8W", CALM), day="2026-11-19")
    closed = after(report("H2V6P", CALM), Order(Action.CLOSE, ("duplicate",)))
    cases = (TAKEN, SECOND, waits, closed)
    pinned = dashboard(cases, today=DAY, health=Health())
    listed = queue(cases, Wanted(), today=DAY, policy="card")
    return Shot("General", (scene.show(pinned), Said("/queue", mine=True), scene.show(listed)))


def locked(scene: Scene) -> Shot:
    """What a lead is told in private when somebody is in the group who should not be."""
    strangers = Broken("strangers", locks=True, told={"number": 1})
    told = warning(Warn(State.LOCKED, (strangers,)))
    first = Screen((Line("guard-approved-first", {"day": DAY.isoformat()}),))
    return Shot("Vestka", (scene.show(told), Said("/reopen", mine=True), scene.show(first)))


SCENES: Mapping[str, Callable[[Scene], Shot]] = {
    "card": new_card,
    "taken": taken_card,
    "merging": merging,
    "asking": asking,
    "agreeing": agreeing,
    "boards": boards,
    "locked": locked,
}


def take(language: str) -> dict[str, str]:
    """Every picture in one language, by the name of its file."""
    scene = Scene(Texts.load(), language)
    return {f"{name}.{language}.svg": draw(shoot(scene)) for name, shoot in SCENES.items()}


def main(folder: Path, languages: Sequence[str]) -> None:
    """Take the pictures, and put them into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in languages:
        for name, drawn in take(language).items():
            (folder / name).write_text(drawn, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or LANGUAGES)
