"""Language, branches, the checkpoint, erasing and leaving."""

from __future__ import annotations

from datetime import timedelta

from handlers.effects import DiscardCase, ReleaseCase, SealReport
from handlers.events import Wrote
from handlers.intake.flow import advance
from tests.handlers.intake.chat import PACK, ROOM, SHORT_WAY, TEXTS, at, at_review


def test_the_language_changes_in_mid_flow_and_nothing_else_does() -> None:
    chat = at("detained_by")
    chat.press("АМАП")
    chat.press("Мова")
    chat.press("English")
    assert chat.step == "detained_by"
    assert "✓ OMON riot police" in chat.labels
    chat.write("по-русски")
    assert "✓ ОМОН" in chat.labels


def test_branches_leave_flags_and_wishes_in_the_report() -> None:
    chat = at("start")
    chat.answer("Так, я ў Беларусі", "маці", "Ян Прыклад, 1990", "учора", "Мінск", "КДБ", "Не, невядома")
    chat.answer("нічога з гэтага", "Замежнік, 2 грамадзянствы; Прафсаюз, страйк", "прапусціць", "2")
    chat.press("Адправіць")
    report = chat.seals[-1].report
    assert report["flags"] == {"reporter_risk": "high", "route_wgeid": True, "route_ilo": True}
    assert report["wanted"] == ["citizenship"]
    assert report["offered"] == ["disappearance", "trade_union", "authority"]


def test_a_child_is_flagged_without_being_asked() -> None:
    chat = at("person")
    chat.answer("Ян Прыклад, 16 гадоў", *SHORT_WAY[3:])
    chat.press("Адправіць")
    answers = chat.seals[-1].report["answers"]
    assert isinstance(answers, dict)
    assert answers["urgent_flags"] == {"value": ["minor"]}
    assert chat.seals[-1].report["derived"] == {"age_at_detention": 16, "is_minor": True}


def test_the_checkpoint_comes_once_who_when_where_and_by_whom_are_known() -> None:
    chat = at("detained_by")
    assert not chat.seals
    chat.write("КДБ")
    assert [seal.finished for seal in chat.seals] == [False]
    chat.write("Не, невядома")
    assert len(chat.seals) == 2
    chat.write("Патрэбныя лекі")
    assert len(chat.seals) == 3
    chat.answer("прапусціць", "Прыйшлі раніцай.")
    assert len(chat.seals) == 3
    assert len({(seal.case, seal.code) for seal in chat.seals}) == 1


def test_nothing_known_is_no_checkpoint() -> None:
    chat = at("person")
    chat.answer("не ведаю імя", "не ведаю", "не ведаю", "не хачу казаць")
    assert not chat.seals


def test_a_code_that_is_taken_is_drawn_anew_from_other_chance() -> None:
    chat = at("detained_by")
    codes = set()
    for number in (1, 2):
        decision = advance(
            PACK, TEXTS, chat.talk, Wrote("КДБ", "m"), room=ROOM, hint=None,
            now=chat.now + timedelta(seconds=1), chance=bytes([number]) * 32,
        )  # fmt: skip
        codes |= {effect.code for effect in decision.effects if isinstance(effect, SealReport)}
    assert len(codes) == 2


def test_erasing_asks_once_and_discards_the_checkpoint() -> None:
    chat = at_review()
    chat.command("stop")
    assert chat.step == "erase"
    chat.press("Так, сцерці ўсё")
    assert chat.talk is None
    assert chat.did(DiscardCase)


def test_stop_twice_erases() -> None:
    chat = at_review()
    chat.answer("стоп", "стоп")
    assert chat.talk is None
    assert chat.did(DiscardCase)


def test_not_erasing_goes_on_where_one_was() -> None:
    chat = at("person")
    chat.command("stop")
    chat.write("не")
    assert chat.step == "person"


def test_leaving_hands_the_checkpoint_to_the_team() -> None:
    chat = at("whereabouts")
    chat.depart()
    assert chat.last == (ReleaseCase(chat.seals[0].case),)
    assert chat.talk is None


def test_leaving_before_the_checkpoint_leaves_nothing() -> None:
    chat = at("person")
    chat.depart()
    assert chat.last == ()
