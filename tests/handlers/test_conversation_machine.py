"""A reporter who does anything in any order. What must hold all the same:

* the sealed report says exactly what the last review showed;
* an answer, once given, is there until the reporter gives another one, sends, erases, or time runs out;
* one event changes at most one answer;
* the table's promises about where a row leads are kept;
* every button fits into 64 bytes and every screen into one message.

The last test breaks the review on purpose and must see the machine fail.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from handlers.effects import SealReport
from handlers.events import Attached, Commanded, Departed, Edited, Event, Lapsed, Medium, Pressed, Wrote
from handlers.intake.acts import Act, State
from handlers.intake.flow import Decision, next_lapse, read_act
from handlers.intake.path import mend, where
from handlers.intake.review import review_lines
from handlers.intake.table import TABLE, Way
from handlers.intake.talk import Talk
from tests.handlers.intake.chat import PACK, TEXTS, Chat
from tests.searches import share

QUESTIONS = {State.CHOICE, State.MULTI, State.PERSON, State.DATE, State.PLACE, State.FACILITY, State.TEXT}
SECOND = {State.DAY, State.REGION, State.FOUND, State.TOWN, State.MORE}
LEADS: dict[Way, set[State]] = {
    Way.ONWARD: {*QUESTIONS, State.REVIEW},
    Way.BEFORE: {*QUESTIONS, State.MORE},
    Way.BEHIND: {*QUESTIONS, *SECOND, State.REVIEW, State.SENT},
    Way.CHOSEN: {*QUESTIONS, State.MORE},
}
TAKES_AWAY = {Act.ERASE, Act.STOP, Act.SEND, Act.ANOTHER, Act.FINISH, Act.LAPSE, Act.DEPART, Act.START}
GARBAGE = st.text(
    alphabet="абвгдеёжзіклмнопрстуўфхцчшыьэюяйщъЪАБ abcdefghijklmnopqrstuvwxyz 0123456789.,;:-—?!'«»\n",
    min_size=0,
    max_size=60,
)
SENSIBLE = st.sampled_from(
    (
        "маці", "сястра", "друг", "lawyer", "Ян Прыклад, 1990", "Ганна Узор 16", "Пётр Тэст і Ян Прыклад",
        "учора вечарам", "12.03", "19 ноября утром", "just now", "у мінулым годзе", "Мінск", "Гродна, дома",
        "недзе ў лесе", "Брест, ул. Пример, 5", "АМАП", "police, kgb", "1,3", "1", "2", "3", "да", "не",
        "Так, пацверджана", "Не, невядома", "Акрэсціна", "СІЗА", "жодино", "РУУС", "лекі", "пагрозы, лекі",
        "журналіст", "adwokat", "Прыйшлі раніцай, забралі.", "нічога з гэтага", "далей", "гатова", "назад",
        "прапусціць", "не ведаю", "не хачу казаць", "стоп", "праверка", "мова", "English", "адправіць",
        "A" * 4100,
    )
)  # fmt: skip
COMMANDS = st.sampled_from(
    ("start", "stop", "back", "skip", "help", "language", "review", "settings", "START")
)


class Conversation(RuleBasedStateMachine):
    """Any order of anything."""

    chat_type: type[Chat] = Chat

    def __init__(self) -> None:
        super().__init__()
        self.chat = self.chat_type(hint="ru")
        self.chat.twice = True
        self.messages: list[str] = []
        self.tokens: list[str] = ["", "nonsense"]
        self.reviewed: str | None = None
        self.number = 0

    def happen(self, event: Event) -> None:
        """Let it happen and check everything that can be checked about one step."""
        before = self.chat.talk
        held = mend(PACK, before) if before else None
        state = where(PACK, held) if held else State.NOBODY
        act, _ = read_act(event, held, state)
        decision = self.chat.do(event)
        self._check_leads(state, act, decision)
        self._check_nothing_vanished(before, act, decision)
        self._check_sealed(decision)
        self.tokens = [*self.tokens, *(token for _, token in self.chat.buttons)][-40:]
        if decision.talk and decision.talk.step == State.REVIEW:
            self.reviewed = self.chat.text

    def _check_leads(self, state: State, act: Act, decision: Decision) -> None:
        after = where(PACK, decision.talk) if decision.talk else State.NOBODY
        leads = TABLE[state][act].leads
        reachable = {each for lead in leads if isinstance(lead, Way) for each in LEADS.get(lead, {state})}
        reachable |= {lead for lead in leads if isinstance(lead, State)}
        assert after in reachable, f"{act!r} in {state!r} led to {after!r}"

    def _check_nothing_vanished(self, before: Talk | None, act: Act, decision: Decision) -> None:
        began = decision.talk.began if decision.talk else None
        if before is None or (act in TAKES_AWAY and began != before.began):
            return
        if act is Act.SEND and decision.talk and decision.talk.step == State.SENT:
            return
        if decision.talk is None:
            assert before.step == "start"  # the button "stop and erase" on the first screen
            return
        after = decision.talk.answers
        assert set(before.answers) <= set(after)
        changed = [key for key, answer in after.items() if before.answers.get(key) != answer]
        assert len(changed) <= 1, changed
        if act in (Act.BACK, Act.HELP, Act.LANGUAGE, Act.REVIEW, Act.STALE, Act.WARN, Act.NEXT, Act.EDIT):
            assert not changed
        if act is not Act.FORGET:
            assert len(decision.talk.notes) >= len(before.notes)

    def _check_sealed(self, decision: Decision) -> None:
        for effect in decision.effects:
            if isinstance(effect, SealReport) and effect.finished:
                assert agrees(effect, self.reviewed), "the sealed report is not what the review showed"

    @rule(text=GARBAGE | SENSIBLE)
    def write(self, text: str) -> None:
        self.number += 1
        self.messages.append(f"w{self.number}")
        self.happen(Wrote(text, f"w{self.number}"))

    @rule(text=SENSIBLE)
    def write_sense(self, text: str) -> None:
        self.write(text)

    @rule(data=st.data())
    def press(self, data: st.DataObject) -> None:
        if self.chat.buttons:
            self.happen(Pressed(data.draw(st.sampled_from(self.chat.buttons))[1], "screen"))

    @rule(data=st.data())
    def press_an_old_button(self, data: st.DataObject) -> None:
        self.happen(Pressed(data.draw(st.sampled_from(self.tokens)), "screen"))

    @rule(name=COMMANDS)
    def command(self, name: str) -> None:
        self.happen(Commanded(name))

    @rule(data=st.data(), text=GARBAGE | SENSIBLE)
    def edit(self, data: st.DataObject, text: str) -> None:
        known = data.draw(st.sampled_from((*self.messages[-12:], "never seen")))
        self.happen(Edited(text, known))

    @rule(
        medium=st.sampled_from(tuple(Medium)),
        caption=st.sampled_from(("", "подпіс")),
        album=st.sampled_from((None, "a")),
    )
    def attach(self, medium: Medium, caption: str, album: str | None) -> None:
        self.number += 1
        self.happen(Attached(medium, caption, f"w{self.number}", album))

    @rule()
    def answer_in_order(self) -> None:
        """Enough sense to come to the review now and then."""
        question = self.chat.step.partition("/")[0]
        canned = {
            "nobody": "/start", "start": "Так, я за мяжой", "relation": "маці", "person": "Ян Прыклад, 1990",
            "detained_when": "учора", "detained_where": "Мінск", "detained_by": "КДБ",
            "whereabouts": "Сказалі, не пацверджана", "facility": "Акрэсціна",
            "urgent_flags": "Патрэбныя лекі", "profile": "Адвакат",
            "narrative": "далей" if "/" in self.chat.step else "Забралі раніцай.", "consent_use": "1,5",
            "review": "адправіць", "language": "назад", "erase": "назад", "sent": "дапамога",
        }  # fmt: skip
        self.write(canned[question])

    @rule()
    def answer_all_in_order(self) -> None:
        for _ in range(16):
            if self.chat.step in ("review", "sent"):
                return
            self.answer_in_order()

    @precondition(lambda self: self.chat.step == "review")
    @rule()
    def send(self) -> None:
        token = next((token for _, token in self.chat.buttons if token.endswith(f":{Act.SEND}")), None)
        if token:
            self.happen(Pressed(token, "screen"))

    @rule()
    def fall_silent(self) -> None:
        if self.chat.talk:
            due, lapse = next_lapse(self.chat.talk)
            self.chat.now = max(self.chat.now, due)
            self.happen(Lapsed(lapse))

    @rule()
    def leave(self) -> None:
        self.happen(Departed())

    @rule(hours=st.integers(1, 5))
    def wait(self, hours: int) -> None:
        self.chat.now += timedelta(minutes=hours)

    @invariant()
    def every_button_fits(self) -> None:
        assert all(len(token.encode()) <= 64 for _, token in self.chat.buttons)

    @invariant()
    def every_screen_fits(self) -> None:
        assert len(self.chat.text) <= 4096


def agrees(sealed: SealReport, shown: str | None) -> bool:
    """Whether a review showed exactly what was sealed: the same lines, no line more."""
    if shown is None:
        return False
    body = sealed.report
    lines = [TEXTS.say(str(body["language"]), line) for line in review_lines(PACK, TEXTS, body)]
    told = [line for line in shown.splitlines() if line.split(".")[0].isdigit() or line.startswith("✎")]
    return told == lines


CALM = settings(
    share(0.3),
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


@pytest.mark.search
def test_whatever_a_reporter_does_the_sealed_report_is_the_last_review() -> None:
    run_state_machine_as_test(Conversation, settings=CALM)


class StaleChat(Chat):
    """A broken review: it goes on showing what it showed the first time."""

    def __init__(self, *, hint: str | None = None) -> None:
        super().__init__(hint=hint)
        self._first: str | None = None

    def do(self, event: Event, *, lost: bool = False) -> Decision:
        decision = super().do(event, lost=lost)
        if self.step == "review":
            self._first = self._first or self.text
            self.text = self._first
        return decision


class BrokenConversation(Conversation):
    """The same machine with the broken review."""

    chat_type = StaleChat


@pytest.mark.search
def test_the_machine_sees_a_review_that_shows_old_answers() -> None:
    once = settings(
        CALM, max_examples=100, phases=[Phase.generate], derandomize=True, report_multiple_bugs=False
    )
    with pytest.raises(AssertionError, match="not what the review showed"):
        run_state_machine_as_test(BrokenConversation, settings=once)
