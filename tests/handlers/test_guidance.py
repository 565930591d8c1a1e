"""Three to five cards for every state, calm and short, in three languages."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.guidance import help_cards, load_guidance
from handlers.intake.talk import Answer
from handlers.screens import Line
from tests.handlers.triage.asked import FLAGS, NOW, person, told
from tests.handlers.triage.wording import LANGUAGES, keys, say, source
from tests.tables import each

PLACES = ("known", "told", "unknown", "denied", "released", "died", None)
RELATIONS = (
    "spouse", "parent", "child", "sibling", "relative", "friend", "colleague", "lawyer", "witness",
    "self", None,
)  # fmt: skip
TELLING = re.compile(r"аноним|анонім|безопасн|бяспечн|белорусс|\b(?:anonymous|safe|secure)\w*", re.IGNORECASE)


def cards(**values: object) -> list[str]:
    given_values = {question: value for question, value in values.items() if value is not None}
    return [line.key.removeprefix("help-card-") for line in help_cards(told(**given_values), now=NOW)]


@each(product(PLACES, RELATIONS))
def test_three_to_five_cards_fit_every_state(place: str | None, relation: str | None) -> None:
    for flags in ((), ("none",), ("medicine",), FLAGS):
        chosen = cards(whereabouts=place, relation=relation, urgent_flags=list(flags))
        assert 3 <= len(chosen) <= 5
        assert len(set(chosen)) == len(chosen)


@each(
    [
        ({"whereabouts": "unknown"}, "find_place"),
        ({"whereabouts": "denied"}, "find_place"),
        ({"whereabouts": "known"}, "lawyer"),
        ({"whereabouts": "known"}, "parcel"),
        ({"whereabouts": "released"}, "after_release"),
        ({"whereabouts": "died"}, "loss"),
        ({"urgent_flags": ["kids"]}, "children"),
        ({"urgent_flags": ["medicine"]}, "medicines"),
        ({"urgent_flags": ["injured"]}, "injuries"),
        ({"profile": ["foreigner"]}, "consulate"),
        ({"relation": "parent", "whereabouts": "known"}, "signed_paper"),
    ]
)
def test_each_state_has_its_card(values: dict[str, object], card: str) -> None:
    assert card in cards(**values)


def test_a_child_by_year_of_birth_gets_the_card_for_the_young() -> None:
    assert "young" in cards(person=person(2012), whereabouts="known")
    assert "young" not in cards(person=person(1980), whereabouts="known")


def test_i_do_not_know_where_gets_the_card_for_finding_the_place() -> None:
    lines = help_cards({"whereabouts": Answer(missing="unknown")}, now=NOW)
    assert lines[0].key == "help-card-find_place"


@pytest.mark.parametrize("place", ["released", "died"])
def test_nobody_who_is_free_or_dead_is_told_to_bring_a_parcel(place: str) -> None:
    chosen = cards(whereabouts=place, urgent_flags=list(FLAGS), relation="friend")
    assert not {"parcel", "lawyer", "medicines", "find_place"} & set(chosen)


def test_no_state_at_all_still_gets_help() -> None:
    assert len(help_cards({}, now=NOW)) >= 3


@given(
    st.fixed_dictionaries({
        "whereabouts": st.sampled_from(PLACES),
        "relation": st.sampled_from(RELATIONS),
        "urgent_flags": st.lists(st.sampled_from(FLAGS), unique=True),
        "profile": st.lists(st.sampled_from(("foreigner", "unionist", "other")), unique=True),
        "ill_treatment": st.lists(st.sampled_from(("confession", "torture")), unique=True),
        "dependants": st.lists(st.sampled_from(("child_small", "elderly", "none")), unique=True),
    })
)  # fmt: skip
def test_any_answers_give_three_to_five_cards(values: dict[str, object]) -> None:
    assert 3 <= len(cards(**values)) <= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_has_at_most_sixty_words(language: str) -> None:
    for card, _ in load_guidance().cards:
        words = say(language, Line(f"help-card-{card}")).split()
        assert 10 <= len(words) <= 60, (card, len(words))


def test_all_languages_have_the_same_sentences() -> None:
    assert keys("be", "guidance") == keys("ru", "guidance") == keys("en", "guidance")


def test_every_sentence_of_a_card_belongs_to_a_card() -> None:
    known = {f"help-card-{card}" for card, _ in load_guidance().cards}
    assert {key for key in keys("en", "guidance") if key.startswith("help-card-")} == known


@each(tuple(product(LANGUAGES, ("guidance", "triage"))))
def test_nothing_is_promised_that_cannot_be_kept(language: str, catalogue: str) -> None:
    assert not TELLING.search(source(language, catalogue))


@each((word,) for word in ["анонимно", "Безопасный", "бяспечна", "safely", "Белоруссия", "Secure"])
def test_the_search_for_such_words_would_find_them(word: str) -> None:
    assert TELLING.search(f"так {word} так")
