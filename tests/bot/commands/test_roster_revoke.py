"""`vestka roster revoke`: out of the roster, and what that key could open is known without the key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.commands.roster import app
from bot.errors import InputRefused
from handlers.sharing.bundle import ObjectEntry
from storage.sealing import (
    CannotOpen,
    Kind,
    Roster,
    SealingSet,
    epoch_of,
    open_sealed,
    seal,
    sealing_set,
    verify_roster,
)
from tests.bot.commands.paperwork import ROOT, TODAY, member, roster
from tests.bot.commands.team_keys import own_key
from tests.bot.exports.sealed_days import seal_day, write_key
from tests.handlers.sharing.samples import make_case

FIRST = roster(members=[member(1), member(2)])
SECOND = roster(serial=2, members=[member(1), member(2), member(3)])
YESTERDAY = TODAY - timedelta(days=1)


def readers(document: bytes, *, on: date = TODAY, without: Sequence[str] = ()) -> SealingSet:
    verified = verify_roster(document, roots=[ROOT.public])
    return sealing_set(verified.without(frozenset(without)), on=on)


def put(folder: Path, name: str, to: SealingSet, *, on: date = TODAY) -> Path:
    path = folder / f"{name}.age"
    body = name.encode().ljust(16, b"-")
    path.write_bytes(seal(Kind.REPORT, b"{}", object_id=body, epoch=epoch_of(on), to=to).data)
    return path


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The signed rosters, and objects of several days and sets."""
    (tmp_path / "first.json").write_bytes(FIRST)
    (tmp_path / "roster.json").write_bytes(SECOND)
    odd = [member(1), member(2), member(3), member(4)]
    return [
        put(tmp_path, "BEFORE", readers(FIRST)),
        put(tmp_path, "SINCE", readers(SECOND)),
        put(tmp_path, "AGAIN", readers(SECOND, on=YESTERDAY), on=YESTERDAY),
        put(tmp_path, "CHAT", readers(SECOND, without=["m-01"])),
        put(tmp_path, "OUT", readers(SECOND, without=["m-03"])),
        put(tmp_path, "ELSE", readers(roster(serial=9, members=odd))),
    ]


def revoke(folder: Path, *more: object, sealed: Sequence[Path] = ()) -> Result:
    given = [word for path in sealed for word in ("--digest", path)]
    line = ["revoke", folder / "roster.json", "m-03", *given, *more]
    return CliRunner().invoke(app, [*map(str, line)])


def told(folder: Path, files: Sequence[Path], *more: object) -> dict[str, object]:
    rosters = ("--root", ROOT.public.hex(), "--history", folder / "first.json")
    result = revoke(folder, *rosters, *more, "--json", sealed=files)
    assert result.exit_code == 0, result.exception
    content: dict[str, object] = json.loads(result.stdout.splitlines()[-1])
    return content


def names(listed: object) -> set[str]:
    assert isinstance(listed, list)
    return {one["name"] for one in listed}


def test_what_the_key_could_open_is_listed_and_agrees_with_the_key_itself(
    tmp_path: Path, files: list[Path]
) -> None:
    content = told(tmp_path, files, "--report", tmp_path / "exposure.txt")
    assert names(content["exposed"]) == {"SINCE", "AGAIN", "CHAT"}
    assert names(content["unknown"]) == {"ELSE"}
    assert content["safe"] == 2
    really = set()
    for path in files:
        try:
            open_sealed(path.read_bytes(), [own_key(3).identity])
        except CannotOpen:
            continue
        really.add(path.stem)
    assert really == {"SINCE", "AGAIN", "CHAT", "ELSE"}  # nothing that it opens was called safe
    report = (tmp_path / "exposure.txt").read_text("utf-8")
    assert "Could open: 3" in report
    assert f"AGAIN  report  {YESTERDAY}" in report
    assert "stays read and copied" in report.replace("\n", " ")


def test_the_member_is_out_and_the_serial_grows(tmp_path: Path, files: list[Path]) -> None:
    assert files
    result = revoke(tmp_path)
    assert result.exit_code == 0
    assert "/suspend m-03" in result.stdout
    draft = Roster.from_bytes((tmp_path / "roster.json").read_bytes())
    assert ([each.pseudonym for each in draft.members], draft.serial) == (["m-01", "m-02"], 3)
    assert draft.signatures == ()


@pytest.mark.parametrize("named", [False, True])
def test_without_a_root_nothing_is_believed_and_nothing_changed(
    tmp_path: Path, files: list[Path], *, named: bool
) -> None:
    if named:
        (tmp_path / "roster.json").write_bytes(roster(serial=2, members=[member(3)]))
    more = ("--root", "00" * 32) if named else ()
    before = (tmp_path / "roster.json").read_bytes()
    assert revoke(tmp_path, *more, sealed=files).exit_code == 1
    assert (tmp_path / "roster.json").read_bytes() == before


def test_what_lies_in_a_digest_is_counted_by_its_code(tmp_path: Path, files: list[Path]) -> None:
    case = make_case(1)
    held = ObjectEntry(1, files[1].read_bytes(), bytes(64))
    (tmp_path / "digest.age").write_bytes(seal_day([case], {case.id: held})[0])
    content = told(tmp_path, [tmp_path / "digest.age"], "--key", write_key(tmp_path))
    assert names(content["exposed"]) == {case.code}
    assert names(content["unknown"]) == {"digest"}  # another organisation's, sealed to others
    result = revoke(tmp_path, "--root", ROOT.public.hex(), sealed=[tmp_path / "digest.age"])
    assert isinstance(result.exception, InputRefused)


def test_a_member_typed_wrong_changes_nothing(tmp_path: Path, files: list[Path]) -> None:
    assert files
    line = ["revoke", str(tmp_path / "roster.json"), "m-77"]
    assert "m-01, m-02, m-03" in str(CliRunner().invoke(app, line).exception)
