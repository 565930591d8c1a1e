"""A script is played to the end, and a report that is not what was told is noticed."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import bot.commands.trying
from bot.errors import InputRefused
from bot.networks import Batch, Document, Outgoing, Post
from bot.networks.console import Console
from bot.service import Service
from bot.trying.compare import Turn, find_faults
from bot.trying.files import Files
from bot.trying.play import Played, play
from bot.trying.script import Script, read_script
from bot.trying.stage import Stage, set_up
from storage.audit import Linked, read_entries
from storage.sealing import Kind, epoch_of, open_sealed, seal
from storage.unit_of_work import UnitOfWork

STORIES = ("mother.be.txt", "friend.ru.txt", "witness.en.txt")
LONG = "Доўгая гісторыя пра вуліцу. " * 20

LIES = (
    ("person", "surname", "Іншы"),
    ("person", "birth_year", 1901),
    ("detained_when", "day", "2020-01-01"),
    ("detained_when", "time", "03:33"),
    ("detained_where", "region", "BY-VI"),
)

Report = dict[str, Any]


def story(name: str) -> Script:
    """One of the sample scripts, in a checkout or in a wheel."""
    return read_script(bot.commands.trying.sample().parent / name)


async def played(folder: Path, script: Script) -> tuple[Stage, Played]:
    """A script played on a stage of its own."""
    stage = await set_up(folder / "try", language=script.language)
    return stage, await play(stage, script)


def turns_of(stage: Stage, told: Played) -> list[Turn]:
    """The turns of a played sample; its last line is said at the review."""
    lines = [turn["text"] for turn in told.transcript]
    pairs = list(zip(lines[::2], lines[1::2], strict=True))
    steps = ["" for _ in pairs[:-1]] + ["review"]
    return [Turn(step, said, shown) for step, (said, shown) in zip(steps, pairs, strict=True)]


def faults(stage: Stage, report: Report, turns: list[Turn]) -> tuple[str, ...]:
    """What the comparison says of this report."""
    return find_faults(stage.instance.pack, stage.instance.texts, report, turns)


@pytest.mark.parametrize("name", STORIES)
async def test_what_comes_out_is_what_was_told(tmp_path: Path, name: str) -> None:
    stage, told = await played(tmp_path, story(name))
    assert told.faults == ()
    assert told.language == name.split(".")[1]
    assert all(path.is_file() for path in (told.sealed, told.bundle, told.key, told.passphrase_file))
    assert told.card[0].endswith(told.case)
    assert Files(stage).open_report(told.sealed)["case"] == told.case


def with_answer(report: Report, name: str, **parts: Any) -> Report:
    """The report with other parts in one answer."""
    other = copy.deepcopy(report)
    other["answers"][name].update(parts)
    return other


def altered(report: Report) -> Iterator[tuple[str, Report]]:
    """One report per lie: every answer lost, missing or reworded, values changed, parts beside them."""
    answers = report["answers"]
    for name, answer in answers.items():
        others = {each: told for each, told in answers.items() if each != name}
        yield f"{name} lost", {**report, "answers": others}
        yield f"{name} skipped", {**report, "answers": {**answers, name: {"missing": "unsafe"}}}
        if "words" in answer:
            yield f"{name} reworded", with_answer(report, name, words="іншыя словы")
    for name, part, other in LIES:
        value = answers[name].get("value", {})
        if value.get(part) is not None:
            yield f"{name}.{part}", with_answer(report, name, value={**value, part: other})
    yield "one more", with_answer(report, "detained_by", value=[*answers["detained_by"]["value"], "sk"])
    yield "cut story", with_answer(report, "narrative", value=answers["narrative"]["value"][:-5])
    yield "a note", {**report, "notes": [*report["notes"], "нататка"]}
    yield "consent", {**report, "consent": {**report["consent"], "choices": ["c_publish"]}}
    yield "unfinished", {**report, "finished": False}
    yield "another case", {**report, "case": "AAAAA"}


@pytest.mark.parametrize("name", STORIES)
async def test_every_lie_in_a_report_is_noticed(tmp_path: Path, name: str) -> None:
    stage, told = await played(tmp_path, story(name))
    report, turns = Files(stage).open_report(told.sealed), turns_of(stage, told)
    assert faults(stage, report, turns) == ()
    lies = dict(altered(report))
    assert len(lies) > 20
    assert [lie for lie, other in lies.items() if not faults(stage, other, turns)] == []


async def test_the_end_of_a_story_that_the_review_shortens_is_compared_as_well(tmp_path: Path) -> None:
    script = story("mother.be.txt")
    lines = tuple(LONG.strip() if line.startswith("Прыйшлі") else line for line in script.lines)
    stage, told = await played(tmp_path, replace(script, lines=lines))
    assert told.faults == ()
    report, turns = Files(stage).open_report(told.sealed), turns_of(stage, told)
    report["answers"]["narrative"]["value"] = LONG.strip()[:-10]
    assert faults(stage, report, turns) == ("narrative",)


class Forging(Console):
    """A network on whose way every sealed report is replaced by another one, sealed to the same people."""

    stage: Stage

    async def deliver(self, outgoing: Outgoing) -> str | None:
        """As the console does, after the exchange."""
        document = outgoing.document if isinstance(outgoing, Post) else None
        if isinstance(outgoing, Post) and document and not document.name.startswith("digest-"):
            outgoing = replace(outgoing, document=self._forge(document))
        return await super().deliver(outgoing)

    def _forge(self, document: Document) -> Document:
        opened = open_sealed(document.data, [self.stage.identity])
        report = json.loads(opened.body)
        report["answers"]["person"]["value"]["surname"] = "Падмена"
        instance = self.stage.instance
        body = json.dumps(report, ensure_ascii=False).encode()
        epoch = epoch_of(instance.today())
        forged = seal(Kind.REPORT, body, object_id=opened.object_id, epoch=epoch, to=instance.sealing_set())
        return Document(document.name, forged.data)


async def test_a_report_exchanged_on_the_way_is_a_fault(tmp_path: Path) -> None:
    stage = await set_up(tmp_path / "try", language="be")
    console = Forging()
    console.stage = replace(stage, console=console, service=Service(stage.instance, console, unlimited=True))
    told = await play(console.stage, story("mother.be.txt"))
    assert told.faults == ("person", "review")


async def test_each_of_several_reports_is_compared(tmp_path: Path) -> None:
    script = story("mother.be.txt")
    second = ("[Яшчэ адзін чалавек]", "[Маці або бацька]", "Ганна Узор, 1985", "Не, невядома")
    lines = (*script.lines, *second, "Нічога з гэтага", "-", "-", "5", "[Адправіць]")
    stage, told = await played(tmp_path, replace(script, lines=lines))
    assert told.faults == ()
    assert len(Files(stage).cards()) == 2
    assert "Ганна Узор" in told.transcript[-3]["text"]


async def test_a_script_that_ends_early_is_refused_in_one_sentence(tmp_path: Path) -> None:
    script = story("mother.be.txt")
    for length in (1, 8, len(script.lines) - 1):
        with pytest.raises(InputRefused, match="ended before the report was sent"):
            await played(tmp_path / str(length), replace(script, lines=script.lines[:length]))


class Breaking(Console):
    """A network that fails in a way nobody expected."""

    async def receive(self, position: str | None) -> Batch:
        """Fail."""
        raise RuntimeError("the network broke")


async def test_a_service_that_breaks_ends_the_play(tmp_path: Path) -> None:
    stage = await set_up(tmp_path / "try", language="be")
    console = Breaking()
    broken = replace(stage, console=console, service=Service(stage.instance, console, unlimited=True))
    with pytest.raises(RuntimeError, match="the network broke"):
        await play(broken, story("mother.be.txt"))


async def test_what_is_tried_is_noted_under_the_roster_that_is_obeyed(tmp_path: Path) -> None:
    stage = await set_up(tmp_path / "try", language="be")

    async def look(uow: UnitOfWork) -> list[Linked | None]:
        head = await uow.audit.head()
        return await read_entries(uow.audit._rows, uow.audit._vault, range(1, head.size + 1))

    entries = await stage.instance.store.run(look)
    await stage.instance.store.close()
    assert [(one.event, one.what, one.policy) for one in entries if one] == [("roster", "obeyed", 1)]
