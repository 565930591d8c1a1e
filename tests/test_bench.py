"""Every bench at its smallest size goes the whole way, so that none rots; nobody's time is asked."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.__main__ import main
from bench.bench import Bench, Options
from bench.crowd.cards import Cards
from bench.crowd.lines import make_lines
from bench.crowd.people import People
from bench.dialogues import SCRIPTS, WAYS
from bench.engines.table import ENGINES
from bench.figures import percentile, ratio
from bench.programme import PROGRAMME
from bench.reports import desk_of
from bench.rivals.core_reports import CoreReports
from bench.rivals.report_rows import Desk
from bench.submissions.keeper import Keeper
from bench.submissions.papers import Finished, Papers
from bench.submissions.window import measure
from tests.drills.drill import Show

pytestmark = pytest.mark.checkout
RIVALS = ("ptb_echo", "ptb_conversation", "aiogram_fsm", "grammy_echo")
ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
@pytest.mark.parametrize("bench", PROGRAMME, ids=lambda bench: bench.name)
def test_a_bench_goes_the_whole_way_and_every_answer_is_right(bench: Bench) -> None:
    told = bench.run(bench.tiny(), Show(silent=True))
    assert list(told.faults) == []
    assert told.figures
    json.dumps([told.figures, told.ratios])


def test_the_benches_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    shown = capsys.readouterr().out
    assert [bench.name for bench in PROGRAMME if bench.question not in shown] == []


def test_an_unknown_bench_is_refused() -> None:
    assert main(["dance"]) == 2


def test_a_bench_prints_one_object_or_tables(capsys: pytest.CaptureFixture[str]) -> None:
    tiny = ("load", "--rounds", "1", "--engines", "bare_echo", "--talks", "2", "--seconds", "0.1")
    assert main([*tiny, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"]
    assert main(tiny) == 0
    assert "| engine | open talks |" in capsys.readouterr().out


@pytest.mark.parametrize("bench", PROGRAMME, ids=lambda bench: bench.name)
def test_a_bench_is_in_the_handbook_with_its_question(bench: Bench) -> None:
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    assert f"| `{bench.name}` | {bench.question} |" in page


@pytest.mark.slow
@pytest.mark.parametrize(("name", "way"), [*product(RIVALS, WAYS), ("vestka_open", "typed")])
def test_an_engine_keeps_what_it_is_told(name: str, way: str) -> None:
    engine = ENGINES[name]
    if engine.missing():
        pytest.skip(engine.missing())
    (steps,) = (bench for bench in PROGRAMME if bench.name == "steps")
    options = Options({**steps.tiny().values, "engines": name, "way": way, "talks": "2"})
    told = steps.run(options, Show(silent=True))
    assert list(told.faults) == []


def test_only_what_should_be_sealed_is() -> None:
    for way in WAYS:
        assert SCRIPTS["report"](way).seals == 4  # three checkpoints and the report
        assert SCRIPTS["erased"](way).seals == 0


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", SCRIPTS)
async def test_a_wrong_answer_is_no_step(name: str, way: str) -> None:
    handed: list[int] = []
    people = People(make_lines(SCRIPTS[name](way).turns), lambda number, _: handed.append(number))
    people.open_talks(1)
    (person,) = people.talks
    people.answered(person, b"chat_id=1&text=nonsense", anew=True)
    assert (people.steps, people.counted.wrong, len(people.waiting())) == (0, 1, 1)
    assert len(handed) == 1


def test_ratios_are_taken_round_by_round() -> None:
    assert ratio([2, 20, 8], [1, 10, 1]) == 2
    assert percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert percentile(range(1, 101), 0.99) == 99


async def test_a_right_answer_is_a_step_however_it_is_spelt() -> None:
    script = SCRIPTS["report"]("typed")
    expected = script.turns[0].expect
    spellings = (quote_plus(expected), json.dumps(expected), expected)
    for body in spellings:
        people = People(make_lines(script.turns), lambda *_: None)
        people.open_talks(1)
        (person,) = people.talks
        people.answered(person, f"chat_id=1&text={body}".encode(), anew=True)
        assert people.steps == 1


class Forgetful(CoreReports):
    """Acknowledges the first report without keeping it, and keeps the second one's words for the third."""

    def __init__(self, engine: AsyncEngine, desk: Desk) -> None:
        super().__init__(engine, desk)
        self._told: list[Finished] = []

    async def keep(self, one: Finished) -> None:
        self._told.append(one)
        if len(self._told) == 3:
            await super().keep(replace(one, effect=replace(one.effect, report=self._told[1].effect.report)))
        elif len(self._told) > 1:
            await super().keep(one)


async def test_a_lost_report_and_an_altered_one_are_noticed() -> None:
    async def forget(url: str, folder: Path, papers: Papers) -> Keeper:
        return await Forgetful.open(url, folder, desk_of(papers))

    measured = await measure(forget, "", flights=[1], reports=3)
    assert measured.faults == [
        "1 reports are not there",
        "1 reports are not what was handed in",
        "the cases are not those of the reports",
        "there are 2 cards of 3",
    ]


def test_every_engine_has_a_script() -> None:
    assert {engine.script for engine in ENGINES.values()} <= set(SCRIPTS)


def test_a_card_belongs_to_the_last_turn_that_was_told_its_code() -> None:
    cards = Cards()
    for since, code in ((2.0, b"K7Q4F"), (1.0, b"9HZPG")):
        cards.tap()
        cards.call("sendMessage", b"chat_id=5")
        cards.tell(since, b"chat_id=5000000001&text=%D0%9A%D0%BE%D0%B4%3A+" + code + b".%0A")
    cards.call("editMessageText", b"chat_id=5")  # the next turn of somebody who was answered
    cards.call("sendDocument", b'name="chat_id"\r\n\r\n-100')
    for code in (b"9HZPG", b"22222"):
        cards.post(b'name="document"; filename="' + code + b'.age"\r\n\r\n')
    assert len(cards.taken) == 1
    assert list(cards.ways) == [("sendMessage", "sendDocument")]
    cards.post(b'filename="K7Q4F.age"')
    longer, shorter = cards.taken
    assert round(longer - shorter) == 1
