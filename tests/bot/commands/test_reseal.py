"""`vestka reseal`: from a holder's machine to the server, where the dropped key opens nothing any more."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pytest
from typer.testing import CliRunner, Result

from bot.commands.reseal import app
from bot.errors import InputRefused, KeyRefused, NotReady
from bot.instance import utc_now
from bot.settings_file import read_settings
from bot.sole import lock_path, sole
from handlers.suspensions import Suspension
from handlers.triage.cases import Case
from storage.objects import Kept
from storage.sealing import (
    CannotOpen,
    Kind,
    ResealRefused,
    RosterRefused,
    SigningKey,
    check_seal,
    epoch_of,
    open_sealed,
    seal,
    sealing_set,
    sign_roster,
    verify_roster,
)
from storage.sealing.roster import Roster
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.bot.commands.paperwork import (
    RECOVERY,
    ROOT,
    TODAY,
    WORDS,
    Paperwork,
    furnish,
    member,
    roster,
)
from tests.bot.commands.team_keys import key_file, own_key, root_file
from tests.storage.samples import make_case

T = TypeVar("T")
BEFORE = verify_roster(roster(members=[member(1), member(2), member(3)]), roots=[ROOT.public])
NOW = roster(serial=2, members=[member(1), member(2)])  # m-03 is out
BODIES = {number: b'{"person":"invented %d"}' % number for number in (1, 2, 3)}
SERVER = SigningKey.from_seed(bytes(32))


@dataclass
class Scene:
    """A server with three reports that m-03 can open, and a lead's machine with the same files."""

    papers: Paperwork
    files: list[Path]

    @property
    def bundle(self) -> Path:
        return self.papers.folder / "reseal.vrs"

    def make(self, *more: object, by: int = 1) -> Result:
        key = key_file(self.papers.folder, by)
        return self._run("make", *self.files, "--key", key, *self._given(), "--out", self.bundle, *more)

    def install(self, *more: object) -> Result:
        return self._run("install", self.bundle, "--settings", self.papers.settings, *more)

    def _given(self) -> tuple[object, ...]:
        return "--roster", self.papers.folder / "roster.json", "--root", ROOT.public.hex()

    def _run(self, *words: object) -> Result:
        line = [*map(str, words), "--passphrase-file", str(self.papers.passphrase)]
        return CliRunner().invoke(app, line)

    def do(self, job: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """One unit of work in the server's store."""
        return asyncio.run(self._do(job))

    async def _do(self, job: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        settings = read_settings(self.papers.settings)
        ring = KeyRing.open(settings.runtime_path, now=utc_now(), allow_disk=True)
        ids = iter(range(1, 999))
        store = await Store.open(
            settings.database_url, ring=ring, case_key=bytes(32), now=utc_now,
            new_id=lambda: next(ids).to_bytes(16, "big"),
        )  # fmt: skip
        try:
            return await store.run(job)
        finally:
            await store.close()

    def objects(self) -> list[Kept]:
        return self.do(lambda uow: uow.objects.of_day(TODAY))

    def opened(self, number: int) -> list[bytes]:
        """What lies on the server and opens to a member."""
        found = []
        for kept in self.objects():
            try:
                found.append(open_sealed(kept.sealed.data, [own_key(number).identity]).body)
            except CannotOpen:
                continue
        return sorted(found)


def case(number: int) -> Case:
    return make_case(number, code=f"K7Q2{'FGH'[number - 1]}", day=TODAY)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    papers = furnish(tmp_path, api_root="https://api.example.org", roster=NOW, roster_serial=2)
    (tmp_path / "roster.json").write_bytes(NOW)
    scene, to = Scene(papers, []), sealing_set(BEFORE, on=TODAY)

    async def fill(uow: UnitOfWork) -> None:
        for number, body in BODIES.items():
            sealed = seal(Kind.REPORT, body, object_id=bytes([number]) * 16, epoch=epoch_of(TODAY), to=to)
            path = tmp_path / f"{case(number).code}.age"
            path.write_bytes(sealed.data)
            scene.files.append(path)
            await uow.cases.add(case(number))
            await uow.cases.mark_posted(case(number).id, case(number).revision)
            await uow.objects.keep(sealed, case=case(number).id, signature=bytes(64), day=TODAY)

    scene.do(fill)
    return scene


def refusal(result: Result, kind: type[Exception]) -> str:
    assert result.exit_code == 1
    assert isinstance(result.exception, kind), result.exception
    return str(result.exception)


def test_what_is_sealed_anew_opens_to_those_who_stay_and_not_to_the_dropped(scene: Scene) -> None:
    assert scene.opened(3) == sorted(BODIES.values())  # the control: before
    made = scene.make()
    assert made.exit_code == 0, made.exception
    assert "3 objects" in made.stdout
    installed = scene.install("--json")
    assert installed.exit_code == 0, installed.exception
    assert json.loads(installed.stdout) == {"replaced": 3, "gone": 0}
    assert scene.opened(3) == []
    for stays in (1, 2):
        assert scene.opened(stays) == sorted(BODIES.values())
    for kept in scene.objects():
        assert open_sealed(kept.sealed.data, [RECOVERY], expect_object_id=kept.id).roster_hash
        check_seal(SERVER.public, kept.sealed.data, kept.signature)


def test_the_cases_are_to_be_posted_anew_and_the_old_objects_are_gone(scene: Scene) -> None:
    assert scene.do(lambda uow: uow.cases.unposted()) == []
    scene.make()
    scene.install()
    unposted = scene.do(lambda uow: uow.cases.unposted())
    assert {one.id for one in unposted} == {case(number).id for number in BODIES}
    assert {kept.id for kept in scene.objects()}.isdisjoint(bytes([number]) * 16 for number in BODIES)
    assert {kept.case for kept in scene.objects()} == {case(number).id for number in BODIES}


def test_twice_installed_changes_nothing_more(scene: Scene) -> None:
    scene.make()
    scene.install()
    before = scene.objects()
    assert json.loads(scene.install("--json").stdout) == {"replaced": 0, "gone": 3}
    assert scene.objects() == before


def test_what_was_deleted_meanwhile_does_not_come_back(scene: Scene) -> None:
    scene.make()
    scene.do(lambda uow: uow.objects.delete(bytes([2]) * 16))
    assert json.loads(scene.install("--json").stdout) == {"replaced": 2, "gone": 1}
    assert len(scene.objects()) == 2


def test_a_flipped_file_is_refused_and_replaces_nothing(scene: Scene) -> None:
    scene.make()
    before, good = scene.objects(), scene.bundle.read_bytes()
    for place in range(5, len(good), len(good) // 7):
        scene.bundle.write_bytes(good[:place] + bytes([good[place] ^ 2]) + good[place + 1 :])
        refusal(scene.install(), ResealRefused)
    assert scene.objects() == before
    scene.bundle.write_bytes(good)  # the control
    assert scene.install().exit_code == 0


def test_while_the_bot_runs_nothing_is_replaced(scene: Scene) -> None:
    scene.make()
    with sole(lock_path(read_settings(scene.papers.settings))):
        assert "Stop that one first" in refusal(scene.install(), NotReady)
    assert scene.opened(3)


def test_somebody_suspended_in_the_chat_is_left_out_on_request_and_must_be(scene: Scene) -> None:
    today = TODAY.isoformat()
    out = Suspension(b"s" * 16, "m-02", "m-01", "m-09", day=today, serial=2)
    scene.do(lambda uow: uow.suspensions.keep(out))
    scene.make()
    assert "--without" in refusal(scene.install(), ResealRefused)
    scene.bundle.unlink()
    scene.make("--without", "m-02")
    assert scene.install().exit_code == 0
    assert (scene.opened(2), scene.opened(3)) == ([], [])


def test_what_does_not_open_is_named_and_the_rest_is_done(scene: Scene) -> None:
    stranger = verify_roster(roster(members=[member(3)], recovery=None), roots=[ROOT.public])
    to = sealing_set(stranger, on=TODAY)
    other = scene.papers.folder / "ZZZZ9.age"
    other.write_bytes(seal(Kind.REPORT, b"{}", object_id=b"z" * 16, epoch=epoch_of(TODAY), to=to).data)
    scene.files.append(other)
    result = scene.make("--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout) == {"sealed": 3, "not_opened": ["ZZZZ9"]}


def test_a_key_without_the_role_or_outside_the_roster_is_told_so_before_anything(scene: Scene) -> None:
    said = "coordinator or lead"
    assert said in refusal(scene.make(by=3), InputRefused)
    people = [replace(each, role="moderator") for each in Roster.from_bytes(NOW).members]
    (scene.papers.folder / "roster.json").write_bytes(roster(serial=2, members=people))
    assert said in refusal(scene.make(by=1), InputRefused)
    assert not scene.bundle.exists()


def test_a_roster_that_the_root_did_not_sign_is_refused(scene: Scene) -> None:
    forged = sign_roster(Roster.from_bytes(roster(key=None)), [SigningKey.generate()])
    (scene.papers.folder / "roster.json").write_bytes(forged)
    assert "signatures" in refusal(scene.make(), RosterRefused)


def test_the_root_key_seals_nothing(scene: Scene) -> None:
    root = root_file(scene.papers.folder)
    words = ("make", *scene.files, "--key", root, "--roster", scene.papers.folder / "roster.json")
    line = [*words, "--root", ROOT.public.hex(), "--out", scene.bundle]
    result = CliRunner().invoke(app, [*map(str, line), "--passphrase-file", str(scene.papers.passphrase)])
    assert "not a member's key" in refusal(result, KeyRefused)
    assert WORDS not in result.output
