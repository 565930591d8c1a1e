"""Each rule closes the group for its own reason, and says in every language what is wrong and what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.guard.facts import Administrator, Validity, View
from handlers.guard.rules import RULES, WISHES, Broken, judge
from handlers.texts import LANGUAGES, Texts
from tests.handlers.guard.views import GOOD, entry, head, house, inside, rights, second_look

TEXTS = Texts.load()
M02 = "2"
WRONG: tuple[tuple[View, set[str]], ...] = (
    (house(supergroup=False), {"supergroup"}),
    (house(topics=False), {"topics"}),
    (house(public=True), {"public"}),
    (house(linked=True), {"linked"}),
    (house(history_visible=True), {"history"}),
    (house(protected=False), {"saving"}),
    (house(auto_delete=None), {"keeping"}),
    (house(auto_delete=0), {"keeping"}),
    (house(auto_delete=7 * 86_400 + 1), {"keeping"}),
    (house(members_may_invite=True), {"invites"}),
    (rights(administrator=False), {"bot-admin"}),
    (rights(delete=False), {"bot-delete"}),
    (rights(restrict=False), {"bot-restrict"}),
    (rights(topics=False), {"bot-topics"}),
    (rights(invite=False), {"bot-invite"}),
    (head(4), {"strangers"}),
    (head(2), {"count"}),
    (inside("1"), {"strangers"}),
    (inside("1", "2", "3"), {"count"}),
    (second_look(4), {"strangers", "moving"}),
    (second_look(2), {"count", "moving"}),
    (second_look(3, Administrator(M02)), {"moving"}),
    (entry(Validity.SUSPENDED), {"suspended"}),
    (entry(Validity.EXPIRED), {"lapsed"}),
    (entry(Validity.EARLY), {"lapsed"}),
    (head(3, Administrator("77")), {"admins"}),
    (head(3, Administrator(M02, anonymous=True)), {"masks"}),
    (head(3, Administrator(M02, may_invite=True)), {"admin-invites"}),
)


def names(view: View) -> set[str]:
    return {broken.name for broken in judge(view)}


def test_a_group_as_it_should_be_breaks_no_rule() -> None:
    assert names(GOOD) == set()
    assert names(house(auto_delete=7 * 86_400)) == set()
    assert names(head(3, Administrator(M02))) == set()


@pytest.mark.parametrize(("view", "broken"), WRONG, ids=[str(n) for n in range(len(WRONG))])
def test_one_thing_wrong_breaks_its_own_rule(view: View, broken: set[str]) -> None:
    assert names(view) == broken


def test_every_rule_is_broken_by_something() -> None:
    assert {name for _, broken in WRONG for name in broken} == {rule.name for rule in RULES}


def test_the_roster_cannot_hide_a_stranger_by_naming_one_account_twice() -> None:
    doubled = replace(GOOD.roster[1], pseudonym="m-09")
    view = replace(head(4), roster=(*GOOD.roster, doubled))
    assert names(view) == {"strangers"}


def test_only_what_lets_others_read_now_locks() -> None:
    assert {rule.name for rule in RULES if rule.locks} == {"public", "linked", "strangers", "suspended"}


def test_a_wish_that_does_not_hold_closes_nothing_and_is_named() -> None:
    assert names(rights(pin=False)) == set()
    assert [broken.name for broken in judge(rights(pin=False), WISHES)] == ["bot-pin"]
    assert judge(GOOD, WISHES) == judge(rights(administrator=False, pin=False), WISHES) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_every_remedy_is_said_in_every_language(language: str) -> None:
    broken = [one for view, _ in WRONG for one in judge(view)]
    for one in (*broken, Broken("panic"), Broken("rival"), Broken("log"), Broken("bot-pin")):
        assert TEXTS.say(language, one.reason)
        assert TEXTS.say(language, one.remedy)


def test_a_reason_tells_how_many_and_who_by_pseudonym() -> None:
    (strangers,) = judge(head(5))
    assert TEXTS.say("en", strangers.reason).endswith("not on the roster: 2.")
    (suspended,) = judge(entry(Validity.SUSPENDED))
    assert TEXTS.say("en", suspended.reason) == "Suspended, and still in the group: m-02."


def test_the_remedy_for_visible_history_names_the_way_through_the_settings() -> None:
    (history,) = judge(house(history_visible=True))
    remedy = TEXTS.say("en", history.remedy)
    assert remedy == "Group settings → Chat history for new members → Hidden."


def test_no_account_shows_when_a_reading_is_printed() -> None:
    view = replace(
        head(3, Administrator("8800000077")), roster=(replace(GOOD.roster[0], account="8800000078"),)
    )
    assert "88000000" not in repr(view)
    assert "88000000" not in repr(judge(view))
