"""`vestka open`: one report, readable, or exactly as it was sealed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storage.sealing import Kind
from storage.sealing.canonical import dump
from tests.bot.commands.runner import Outcome, run
from tests.bot.exports.sealed_days import STRANGER, seal_body, seal_day, write_key
from tests.handlers.sharing.samples import make_case, make_report
from tests.storage.sealing.people import EPOCH

CASE = make_case(5)


def open_body(folder: Path, body: bytes, *arguments: str, kind: Kind = Kind.REPORT) -> Outcome:
    file = folder / "CODE.age"
    file.write_bytes(seal_body(body, object_id=CASE.id, kind=kind).data)
    return run("open", file, "--key", write_key(folder), *arguments)


def test_a_report_is_shown_in_the_reporters_language(tmp_path: Path) -> None:
    shown = open_body(tmp_path, dump(make_report(5))).out
    for words in ("Прозвішча", "Прыклад", "АМАП", "Забралі тэлефон", "Дапісана пазней", CASE.code):
        assert words in shown


@pytest.mark.parametrize(("language", "label"), [("ru", "Фамилия"), ("en", "Surname")])
def test_a_report_is_shown_in_the_language_asked_for(language: str, label: str, tmp_path: Path) -> None:
    assert label in open_body(tmp_path, dump(make_report(5)), "--language", language).out


def test_json_is_the_body_as_it_was_sealed(tmp_path: Path) -> None:
    body = dump(make_report(5, mark="\u202e\u0007"))
    outcome = open_body(tmp_path, body, "--json")
    told = json.loads(outcome.out)
    assert body.decode() in outcome.out
    assert told["report"] == json.loads(body)
    assert (told["kind"], told["object_id"], told["epoch"]) == ("report", CASE.id.hex(), EPOCH)


def test_a_checkpoint_opens_and_says_what_it_is(tmp_path: Path) -> None:
    report = {**make_report(5), "finished": False}
    shown = open_body(tmp_path, dump(report), "--language", "en", kind=Kind.CHECKPOINT).out
    assert "Unfinished report, sealed on 2026-11-23" in shown


def test_no_raw_id_is_shown(tmp_path: Path) -> None:
    report = make_report(5)
    report["answers"]["detained_where"]["value"]["town"] = "brest"
    shown = open_body(tmp_path, dump(report), "--language", "en").out
    ids = ("brest", "BY-HM", "minsk_cip", "omon", "c_un", "whereabouts_denied")
    assert [name for name in (*ids, CASE.id.hex()) if name in shown] == []
    assert CASE.id.hex() in open_body(tmp_path, dump(report), "--json").out  # the check can find one


def test_hidden_and_turning_characters_are_not_shown(tmp_path: Path) -> None:
    report = make_report(5)
    report["answers"]["narrative"]["value"] = "да\u202eб\u200bра\x1b[31m [bold]так[/bold] :smile:"
    shown = open_body(tmp_path, dump(report)).out
    assert not set("\u202e\u200b\x1b") & set(shown)
    assert "[bold]так[/bold] :smile:" in shown


def test_a_digest_names_the_command_that_opens_it(tmp_path: Path) -> None:
    file = tmp_path / "digest.age"
    file.write_bytes(seal_day([], {})[0])
    outcome = run("open", file, "--key", write_key(tmp_path))
    assert (outcome.status, "vestka digest open" in outcome.refusal) == (1, True)


@pytest.mark.parametrize("kind", [Kind.ATTACHMENT, Kind.REPLY])
def test_other_sealed_things_are_named(kind: Kind, tmp_path: Path) -> None:
    outcome = open_body(tmp_path, dump(make_report(5)), kind=kind)
    assert (outcome.status, "not a report" in outcome.refusal) == (1, True)


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"schema":"vestka.report/2"}', b"[" * 9_000])
def test_a_body_this_version_cannot_read_says_so(body: bytes, tmp_path: Path) -> None:
    outcome = open_body(tmp_path, body)
    assert (outcome.status, "cannot read what is inside" in outcome.refusal) == (1, True)


def test_another_key_shows_nothing(tmp_path: Path) -> None:
    file, key = tmp_path / "CODE.age", tmp_path / "key.txt"
    file.write_bytes(seal_body(dump(make_report(5))).data)
    key.write_text(STRANGER.to_text(), encoding="utf-8")
    outcome = run("open", file, "--key", key)
    assert outcome.status == 1
    assert outcome.out == ""
    assert outcome.refusal.count("\n") == 0


def test_a_missing_report_is_named(tmp_path: Path) -> None:
    assert "nowhere.age" in run("open", tmp_path / "nowhere.age", "--key", write_key(tmp_path)).refusal


def test_a_strange_report_is_still_shown(tmp_path: Path) -> None:
    report = {"schema": "vestka.report/1", "case": 7, "answers": [1], "flags": "x", "urgency": None}
    assert open_body(tmp_path, dump(report), "--language", "en").status == 0


def test_an_answer_to_a_question_is_shown_with_what_was_asked(tmp_path: Path) -> None:
    addition = {
        "v": 1,
        "schema": "vestka.addition/1",
        "case": CASE.code,
        "language": "en",
        "question": {"id": "court", "words": ""},
        "answer": {"value": "not_yet", "words": "Прыклад\u202e: паглядзіце www.example.org"},
    }
    shown = open_body(tmp_path, dump(addition), kind=Kind.ADDITION).out
    for words in ("What happened in court?", "Not yet", "Прыклад: паглядзіце www[.]example[.]org"):
        assert words in shown
