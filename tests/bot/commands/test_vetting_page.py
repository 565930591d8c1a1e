"""The ceremonies of docs/vetting.md, typed as they stand there: from the founding to somebody's leaving."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.instance import utc_now
from bot.keys.files import open_key
from bot.settings_file import read_settings, spell_settings
from storage.sealing import (
    CannotOpen,
    IdentityKey,
    Kind,
    epoch_of,
    open_sealed,
    seal,
    sealing_set,
    verify_roster,
)
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.bot.commands.paperwork import GROUP, TODAY, TOKEN, WORDS, Paperwork, write_secrets
from tests.forks import forked_program
from tests.rig import ROOT, environment
from tests.storage.samples import make_case

pytestmark = pytest.mark.checkout
CASE = make_case(1, code="K7Q2F", day=TODAY)


def ceremonies() -> dict[str, str]:
    """The shell blocks of the page."""
    text = (ROOT / "docs" / "vetting.md").read_text("utf-8")
    return dict(re.findall(r"<!-- ceremony: (\w+) -->\n```sh\n(.*?)```", text, re.DOTALL))


@dataclass
class Table:
    """Everybody's papers on one table, which they never are."""

    folder: Path
    program: Path
    blocks: dict[str, str] = field(default_factory=ceremonies)

    def hold(self, name: str, **given: str) -> str:
        """Type one ceremony; what was shown."""
        (self.folder / "words.txt").write_text(WORDS, "utf-8")
        (self.folder / "words.txt").chmod(0o600)
        usual = {
            "VESTKA": str(self.program), "P": "words.txt", "LIGHT": "--light", "FIRST": "9001",
            "SECOND": "9002", "THIRD": "9003", "SETTINGS": "instance/vestka.toml",
        }  # fmt: skip
        done = subprocess.run(
            ["sh", "-euc", self.blocks.pop(name)], cwd=self.folder, env=environment(**usual, **given),
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def roots(self) -> list[str]:
        return [
            json.loads((self.folder / f"root-{number}.vkf.public").read_text())["root"]
            for number in (1, 2, 3)
        ]

    def furnish(self) -> None:
        """What the operator sets up after the founding."""
        papers = Paperwork(self.folder)
        papers.home.mkdir()
        table = {
            "organisation": {"name": "Example", "roots": self.roots(), "signatures": 2},
            "places": {"runtime": "runtime", "allow_disk_runtime": True},
        }
        papers.settings.write_text(spell_settings(table), "utf-8")
        document = (self.folder / "roster.1.json").read_bytes()
        write_secrets(papers, roster=document, telegram_token=TOKEN, telegram_group=GROUP)

    def seal_to(self, roster: str) -> None:
        """A report comes in; its file lies in the group, too."""
        roots = [bytes.fromhex(root) for root in self.roots()]
        verified = verify_roster((self.folder / roster).read_bytes(), roots=roots, threshold=2)
        to = sealing_set(verified, on=TODAY)
        sealed = seal(Kind.REPORT, b"{}", object_id=bytes(range(16)), epoch=epoch_of(TODAY), to=to)
        (self.folder / f"{CASE.code}.age").write_bytes(sealed.data)

        async def keep(uow: UnitOfWork) -> None:
            await uow.cases.add(CASE)
            await uow.objects.keep(sealed, case=CASE.id, signature=bytes(64), day=TODAY)

        asyncio.run(self._do(keep))

    def kept(self) -> bytes:
        """The one object on the server."""
        found: list[bytes] = []

        async def look(uow: UnitOfWork) -> None:
            found.extend(kept.sealed.data for kept in await uow.objects.of_case(CASE.id))

        asyncio.run(self._do(look))
        (data,) = found
        return data

    async def _do(self, job: object) -> None:
        settings = read_settings(self.folder / "instance" / "vestka.toml")
        ring = KeyRing.open(settings.runtime_path, now=utc_now(), allow_disk=True)
        store = await Store.open(
            settings.database_url, ring=ring, case_key=bytes(32), now=utc_now, new_id=lambda: bytes(16)
        )
        try:
            await store.run(job)  # type: ignore[arg-type]  # a job
        finally:
            await store.close()

    def opens(self, name: str, data: bytes) -> bool:
        key = open_key(self.folder / f"{name}.vkf", WORDS)
        assert isinstance(key, IdentityKey)
        try:
            return open_sealed(data, [key.identity]).body == b"{}"
        except CannotOpen:
            return False


@pytest.mark.slow
def test_the_ceremonies_lead_from_the_founding_to_somebodys_leaving(tmp_path: Path) -> None:
    with forked_program(tmp_path / "vestka") as program:
        hold_them_all(Table(tmp_path, program))


def hold_them_all(table: Table) -> None:
    """One after the other, as on the page."""
    assert "valid" in table.hold("found")
    table.furnish()
    assert "3 members valid today" in table.hold("enrol")
    table.hold("renew")
    table.seal_to("roster.3.json")
    assert table.opens("m-03", table.kept())
    file = f"{CASE.code}.age"
    shown = table.hold("revoke", SEALED=f"--digest {file}", FILES=file)
    assert "could open 1 of the objects" in shown
    assert f"{CASE.code}  report" in (table.folder / "exposure-m-03.txt").read_text("utf-8")
    assert "Replaced: 1." in shown
    assert (table.opens("m-03", table.kept()), table.opens("m-02", table.kept())) == (False, True)
    assert table.blocks == {}
