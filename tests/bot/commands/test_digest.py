"""`vestka digest`: a holder opens a day, a stranger reads one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest

from bot.commands.digest import SOME_NOT_OPENED, _watch
from bot.exports.reading import Reading
from storage.sealing import FLOOR, IdentityKey, RootKey, SigningKey, lock
from tests.bot.commands.runner import run
from tests.bot.exports.made import WRITERS
from tests.bot.exports.reading_back import read_csv
from tests.bot.exports.sealed_days import (
    BOT,
    HOLDER,
    STRANGER,
    load,
    seal_body,
    seal_bundle,
    seal_day,
    seal_reports,
    write_day,
    write_key,
    write_parts,
)
from tests.handlers.sharing.samples import make_case, make_report

CASES = [make_case(number) for number in range(3)]
REPORTS = [make_report(number, choices=["c_un"] if number else []) for number in range(3)]
OBJECTS = seal_reports(CASES, REPORTS)
PASSPHRASE = "узор узор узор узор"


@pytest.fixture
def day(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Bundle, key, and a folder that does not exist yet."""
    (bundle,) = write_parts(tmp_path, seal_day(CASES, OBJECTS))
    return bundle, write_key(tmp_path), tmp_path / "out"


def lock_key(folder: Path, content: dict[str, object]) -> tuple[Path, Path]:
    """A key file with the cheapest cost that is allowed, and a file with its passphrase."""
    key, words = folder / "key.vkf", folder / "words.txt"
    key.write_bytes(lock(content, PASSPHRASE, cost=FLOOR))
    words.write_text(PASSPHRASE + "\n", encoding="utf-8")
    words.chmod(0o600)
    return key, words


def test_a_holder_gets_four_files(day: tuple[Path, Path, Path]) -> None:
    bundle, key, out = day
    outcome = run("digest", "open", bundle, "--key", key, "--out", out)
    assert outcome.status == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(WRITERS)
    assert len(read_csv(out / "digest.csv")) == 4
    assert "checked only against the key inside the digest" in outcome.out


def test_two_holders_get_the_same_bytes(day: tuple[Path, Path, Path]) -> None:
    bundle, key, out = day
    for name in ("a", "b"):
        run("digest", "open", bundle, "--key", key, "--out", out / name)
    for name in WRITERS:
        assert (out / "a" / name).read_bytes() == (out / "b" / name).read_bytes()


def test_json_says_what_was_done(day: tuple[Path, Path, Path]) -> None:
    bundle, key, out = day
    arguments = ("--key", key, "--out", out, "--purpose", "un", "--bot-key", BOT.public.hex(), "--json")
    outcome = run("digest", "open", bundle, *arguments)
    told = json.loads(outcome.out)
    assert (told["day"], told["cases"], told["opened"], told["people"]) == ("2026-11-23", 3, 3, 2)
    assert told["pinned"]
    assert [Path(path).name for path in told["files"]] == list(WRITERS)
    assert len(load(out / "digest.json")["people"]) == 2


def test_a_key_file_opens_with_its_passphrase(day: tuple[Path, Path, Path], tmp_path: Path) -> None:
    bundle, _, out = day
    content = IdentityKey("m-00", HOLDER, SigningKey.from_seed(bytes(32))).to_content()
    key, words = lock_key(tmp_path, content)
    assert run("digest", "open", bundle, "--key", key, "--passphrase-file", words, "--out", out).status == 0


def test_a_wrong_passphrase_is_one_sentence_and_writes_nothing(
    day: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    bundle, _, out = day
    key, words = lock_key(tmp_path, IdentityKey.generate("m-00").to_content())
    words.write_text("не тая фраза зусім", encoding="utf-8")
    outcome = run("digest", "open", bundle, "--key", key, "--passphrase-file", words, "--out", out)
    assert outcome.status == 1
    assert "does not open this key file" in outcome.refusal
    assert not out.exists()


def test_the_root_key_opens_nothing_and_says_which_to_take(
    day: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    bundle, _, out = day
    key, words = lock_key(tmp_path, RootKey.generate().to_content())
    outcome = run("digest", "open", bundle, "--key", key, "--passphrase-file", words, "--out", out)
    assert outcome.status == 1
    assert "Take your own key" in outcome.refusal


def test_a_strangers_key_is_one_sentence_and_writes_nothing(day: tuple[Path, Path, Path]) -> None:
    bundle, key, out = day
    key.write_text(STRANGER.to_text(), encoding="utf-8")
    outcome = run("digest", "open", bundle, "--key", key, "--out", out)
    assert outcome.status == 1
    assert "right key" in outcome.refusal
    assert not out.exists()


@pytest.mark.parametrize(
    "content", [b"", b"# only a note\n", b"\xff\xfe", b"AGE-SECRET-KEY-1ABC", b"x" * 2_000_000]
)
def test_what_is_no_key_is_refused_without_repeating_it(day: tuple[Path, Path, Path], content: bytes) -> None:
    bundle, key, out = day
    key.write_bytes(content)
    outcome = run("digest", "open", bundle, "--key", key, "--out", out)
    assert outcome.status == 1
    assert "neither a Vestka key file nor an age identity" in outcome.refusal
    assert "1ABC" not in outcome.refusal


def test_a_missing_file_is_named(day: tuple[Path, Path, Path], tmp_path: Path) -> None:
    bundle, key, out = day
    assert (
        "nowhere.age" in run("digest", "open", tmp_path / "nowhere.age", "--key", key, "--out", out).refusal
    )
    assert (
        "nowhere.vkf"
        in run("digest", "open", bundle, "--key", tmp_path / "nowhere.vkf", "--out", out).refusal
    )


def test_a_folder_an_empty_file_and_an_endless_one_are_told_apart(
    day: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    _, key, out = day
    (tmp_path / "empty.age").touch()
    told = {tmp_path: "is a folder", tmp_path / "empty.age": "is empty", Path("/dev/zero"): "is too long"}
    for path, words in told.items():
        outcome = run("digest", "open", path, "--key", key, "--out", out)
        assert (outcome.status, words in outcome.refusal, out.exists()) == (1, True, False)


def test_an_altered_digest_is_one_sentence_and_writes_nothing(day: tuple[Path, Path, Path]) -> None:
    bundle, key, out = day
    (body,) = write_day(CASES, OBJECTS)
    bundle.write_bytes(seal_bundle(body.replace(b'"overdue":0', b'"overdue":9', 1)))
    for command in (("open", "--out", out), ("verify",)):
        outcome = run("digest", command[0], bundle, "--key", key, *command[1:])
        assert (outcome.status, outcome.out, out.exists()) == (1, "", False)
        assert "somebody changed it" in outcome.refusal


def test_an_altered_last_part_leaves_nothing_of_the_others(day: tuple[Path, Path, Path]) -> None:
    _, key, out = day
    *bodies, last = write_day(CASES, OBJECTS, limit=120_000)
    changed = last.replace(b'"claimant":null', b'"claimant":"m-02"', 1)
    paths = write_parts(key.parent, [seal_bundle(body) for body in (*bodies, changed)])
    outcome = run("digest", "open", *paths, "--key", key, "--out", out)
    assert (outcome.status, outcome.out, out.exists()) == (1, "", False)
    assert "somebody changed it" in outcome.refusal
    write_parts(key.parent, [seal_bundle(body) for body in (*bodies, last)])
    assert run("digest", "open", *paths, "--key", key, "--out", out).status == 0


def test_a_full_folder_is_left_alone_unless_asked(day: tuple[Path, Path, Path]) -> None:
    bundle, key, out = day
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    refused = run("digest", "open", bundle, "--key", key, "--out", out)
    assert (refused.status, "--replace" in refused.refusal) == (1, True)
    assert run("digest", "open", bundle, "--key", key, "--out", out, "--replace").status == 0
    assert (out / "mine.txt").read_text() == "mine"


def test_an_unknown_language_is_refused(day: tuple[Path, Path, Path]) -> None:
    bundle, key, out = day
    assert (
        "be, ru, en" in run("digest", "open", bundle, "--key", key, "--out", out, "--language", "xx").refusal
    )


@pytest.mark.parametrize("text", ["zz", "00", "ключ"])
def test_a_mistyped_server_key_is_refused(day: tuple[Path, Path, Path], text: str) -> None:
    bundle, key, out = day
    outcome = run("digest", "open", bundle, "--key", key, "--out", out, "--bot-key", text)
    assert "64 hexadecimal digits" in outcome.refusal


def test_a_report_that_does_not_open_is_told_and_the_others_are_written(tmp_path: Path) -> None:
    bad = seal_body(b"nothing", object_id=CASES[1].id)
    (bundle,) = write_parts(tmp_path, seal_day(CASES, {**OBJECTS, CASES[1].id: bad}))
    outcome = run("digest", "open", bundle, "--key", write_key(tmp_path), "--out", tmp_path / "out")
    assert outcome.status == SOME_NOT_OPENED
    assert CASES[1].code in outcome.out
    written = load(tmp_path / "out" / "digest.json")
    assert written["not_opened"] == [{"code": CASES[1].code, "cause": "unreadable"}]
    assert sum(person["report"] is not None for person in written["people"]) == 2


def test_verify_writes_nothing(day: tuple[Path, Path, Path], tmp_path: Path) -> None:
    bundle, key, _ = day
    before = sorted(tmp_path.rglob("*"))
    outcome = run("digest", "verify", bundle, "--key", key, "--bot-key", BOT.public.hex())
    assert outcome.status == 0
    assert "the digest itself and every report" in outcome.out
    assert sorted(tmp_path.rglob("*")) == before


def test_a_cut_bundle_is_one_sentence(day: tuple[Path, Path, Path]) -> None:
    bundle, key, out = day
    bundle.write_bytes(bundle.read_bytes()[:-1])
    outcome = run("digest", "open", bundle, "--key", key, "--out", out)
    assert outcome.status == 1
    assert outcome.refusal.count("\n") == 0
    assert not out.exists()


def test_no_output_names_a_person(day: tuple[Path, Path, Path]) -> None:
    bundle, key, out = day
    outcome = run("digest", "open", bundle, "--key", key, "--out", out)
    assert "Прыклад" not in outcome.out
    assert "Прыклад" in (out / "digest.csv").read_text(encoding="utf-8-sig")  # the check can find it


def test_a_long_day_opens_whole(tmp_path: Path, thorough: bool) -> None:
    many = 1_000 if thorough else 300
    cases = [make_case(number) for number in range(many)]
    reports: Iterable[dict[str, object]] = (make_report(number) for number in range(many))
    paths = write_parts(tmp_path, seal_day(cases, seal_reports(cases, reports)))
    outcome = run("digest", "open", *paths, "--key", write_key(tmp_path), "--out", tmp_path / "out", "--json")
    assert outcome.status == 0
    assert json.loads(outcome.out)["opened"] == many
    assert len(read_csv(tmp_path / "out" / "digest.csv")) == many + 1


def test_a_progress_bar_on_a_terminal_passes_everything_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bodies = write_day([make_case(number) for number in range(250)], {})
    parts = [partial(seal_bundle, body) for body in bodies]
    assert len([*_watch(Reading(parts, [HOLDER]))]) == 250
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    assert len([*_watch(Reading(parts, [HOLDER]))]) == 250
    assert "Opening" in capsys.readouterr().err
