"""For any consents and any purpose, every exporter shows a canary exactly where its owner agreed to it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.sharing.consent import CHOICES, Purpose
from tests.bot.exports.consents import agreed, report_of, wrongs
from tests.bot.exports.made import WRITERS, make_document, wording
from tests.bot.exports.reading_back import read_all
from tests.searches import share

people = st.lists(
    st.fixed_dictionaries(
        {
            "choices": st.lists(st.sampled_from((*CHOICES, "c_none")), unique=True),
            "publish_block": st.sampled_from([None, False, True, "yes"]),
            "un_block": st.sampled_from([None, False, True]),
            "child": st.booleans(),
        }
    ),
    max_size=4,
)


@pytest.mark.parametrize("name", WRITERS)
@share(0.3)
@given(crowd=people, purpose=st.sampled_from(Purpose))
def test_a_canary_shows_where_its_owner_agreed_and_nowhere_else(
    name: str, crowd: list[dict[str, Any]], purpose: Purpose
) -> None:
    document = make_document([report_of(n, person) for n, person in enumerate(crowd)], purpose=purpose)
    with TemporaryDirectory() as folder:
        WRITERS[name](document, wording(), Path(folder) / name)
        text = read_all(Path(folder) / name)
    assert list(wrongs(text, crowd, purpose, rows=True)) == []


@share(0.3)
@given(crowd=people, purpose=st.sampled_from([p for p in Purpose if p is not Purpose.KEEP]))
def test_the_counters_count_only_those_who_agreed(crowd: list[dict[str, Any]], purpose: Purpose) -> None:
    document = make_document([report_of(n, person) for n, person in enumerate(crowd)], purpose=purpose)
    number = sum(agreed(person, purpose) for person in crowd)
    digest = document.digest
    assert digest.counters.detentions == (-1 if purpose is Purpose.STATS and number else number)
    assert digest.counters.level == ()
    assert (digest.new, digest.open, digest.late) == (None, None, ())
    assert {shown.history for shown in document.shown} <= {()}


@pytest.mark.parametrize("name", WRITERS)
def test_the_check_turns_red_when_consent_is_ignored(name: str, tmp_path: Path) -> None:
    crowd: list[dict[str, Any]] = [{"choices": [], "publish_block": None, "un_block": None, "child": False}]
    unasked = make_document([report_of(0, crowd[0])], purpose=Purpose.KEEP)  # asks nobody, shows all
    WRITERS[name](unasked, wording(), tmp_path / name)
    found = list(wrongs(read_all(tmp_path / name), crowd, Purpose.PARTNERS, rows=True))
    assert any("leaked" in wrong for wrong in found)
