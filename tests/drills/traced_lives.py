"""The true program, killed with SIGKILL again and again while people tell; all its files are known."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from storage.sealing import Identity
from tests.bot.commands.paperwork import RECOVERY, WORDS, Paperwork, furnish, member, roster
from tests.drills.canaries import account, cyrillic, files_under, spell_halves, spell_number
from tests.drills.databases import Place
from tests.drills.evidence import Evidence
from tests.drills.traced import Traced
from tests.drills.witnesses import Witness, spell_keys, spell_token, together
from tests.rig import PRODUCT, ROOT, Rig, environment

_PATIENCE = 90.0
MEMBERS = 2


@dataclass
class Lives:
    """One instance in a folder of its own, with folders for whatever a program may want to put down."""

    folder: Path
    rig: Rig
    chance: random.Random
    plain: bool = False
    traced: bool = True
    place: Place = field(default_factory=Place)
    others: set[Path] = field(default_factory=set)  # touched outside the folder: programs, libraries

    def __post_init__(self) -> None:
        for name in ("tmp", "home", "cwd", "papers"):
            (self.folder / name).mkdir(parents=True)
        self.case_key, self.signing_seed = self.chance.randbytes(32), self.chance.randbytes(32)
        self.moderators = [(account(self.chance), cyrillic(self.chance)) for _ in range(MEMBERS)]
        for number, name in self.moderators:
            self.rig.ask("person", name=name, id=number)
        self.group = self.rig.team(self.moderators[0][0])
        for number, _ in self.moderators[1:]:
            self.rig.ask("member", chat=self.group, person=number)
        self.papers = self._furnish()

    def _furnish(self) -> Paperwork:
        members = [
            replace(member(place), accounts={"telegram": str(number)})
            for place, (number, _) in enumerate(self.moderators, 1)
        ]
        papers = furnish(
            self.folder / "papers",
            api_root=self.rig.api_root,
            token=self.rig.said["token"],
            group=str(self.group),
            case_key=self.case_key,
            signing_seed=self.signing_seed,
            roster=roster(members=members),
        )
        if self.place.url:
            settings = papers.settings.read_text("utf-8")
            line = f'[places]\ndatabase = "{self.place.url}"'
            papers.settings.write_text(settings.replace("[places]", line), "utf-8")
        return papers

    @property
    def runtime(self) -> Path:
        """Where the day keys are."""
        return self.papers.home / "runtime"

    @property
    def readers(self) -> dict[str, Identity]:
        """Everybody who must be able to open a report."""
        seeds = {f"m-{place:02}": bytes([place]) * 32 for place in range(1, MEMBERS + 1)}
        return {name: Identity.from_seed(seed) for name, seed in seeds.items()} | {"recovery": RECOVERY}

    @property
    def secrets(self) -> list[bytes]:
        """What the server has, the passphrase given and the day keys still there."""
        return [
            self.case_key,
            self.signing_seed,
            self.rig.said["token"].encode(),
            WORDS.encode(),
            *(path.read_bytes() for path in self.runtime.glob("*.day")),
        ]

    def evidence(self, people: Sequence[Witness]) -> Evidence:
        """What must not be found: whatever they tell, who everybody is, and the server's own secrets."""
        ours = {
            "token": spell_token(self.rig.said["token"]),
            "group": set() if self.place.url else spell_number(abs(self.group)),  # the same in every run
            "moderator": {one for number, _ in self.moderators for one in spell_number(number)},
            "moderator's name": {one for _, name in self.moderators for one in spell_halves(name)},
            "passphrase": spell_halves(WORDS),
            "server key": spell_keys((self.case_key, self.signing_seed)),
        }
        return Evidence(together([*(one.canaries() for one in people), ours]))

    def live(self, lines: Sequence[tuple[Witness, str]], evidence: Evidence, *, aloud: bool) -> None:
        """Start, let people type, kill at some moment after the last line, look at everything."""
        bot = self.start(evidence.states, aloud=aloud)
        try:
            for witness, line in lines:
                self.settle()
                self.rig.ask("send", person=witness.account, text=line)
            time.sleep(self.chance.uniform(0, 0.2))
        finally:
            bot.kill()
        self.others |= {path for path in bot.touched if not path.is_relative_to(self.folder)}
        evidence.look(self.files(bot.touched), self.runtime, written=bot.written)

    def files(self, touched: Iterable[Path] = ()) -> set[Path]:
        """All files there are, but for what was handed over (such as the passphrase) and the tracer's own."""
        here = {path for path in touched if path.is_relative_to(self.folder)} | set(files_under(self.folder))
        ours = {path for path in here if path.parent == self.papers.folder or path.name.startswith("trace-")}
        return (here - ours) | set(self.place.files())

    def start(self, number: int, *, aloud: bool) -> Traced:
        """Start the program and wait until it listens; whoever starts it kills it."""
        before, bot = self._starts(), self._run(number, aloud=aloud)
        try:
            self._insist(lambda: self._starts() > before)
        except BaseException:
            bot.kill()
            raise
        return bot

    def settle(self) -> None:
        """Until every update is taken."""
        self._insist(self._is_idle)

    def _run(self, number: int, *, aloud: bool) -> Traced:
        program = [sys.executable, "-m"]
        if aloud or self.plain:
            program += ["tests.drills.loud", str(self.papers.settings), str(self.papers.passphrase)]
            program += [str(self.folder / "aloud.log"), *(["--plain"] if self.plain else [])]
        else:
            program += ["bot", "run", "--settings", str(self.papers.settings)]
            program += ["--passphrase-file", str(self.papers.passphrase)]
        private = {"HOME": self.folder / "home", "TMPDIR": self.folder / "tmp"}
        return Traced(
            program,
            trace=self.folder / f"trace-{number}" if self.traced else None,
            said=self.folder / "said.log",
            cwd=self.folder / "cwd",
            env=environment(
                PYTHONPATH=f"{PRODUCT}:{ROOT}", **{name: str(place) for name, place in private.items()}
            ),
        )

    def _starts(self) -> int:
        """How often the bot has said that it listens."""
        logs = [self.folder / name for name in ("said.log", "aloud.log")]
        return sum(log.read_bytes().count(b"service.listening") for log in logs if log.exists())

    def _is_idle(self) -> bool:
        told = self.rig.ask("info")
        return bool(told["polling"]) and not told["pending_updates"]

    def wait(self, ready: Callable[[], bool]) -> bool:
        """Whether it came about in good time."""
        until = time.monotonic() + _PATIENCE
        while not ready():
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def _insist(self, ready: Callable[[], bool]) -> None:
        if not self.wait(ready):
            raise TimeoutError((self.folder / "said.log").read_text("utf-8")[-2_000:])
