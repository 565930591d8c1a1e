"""`vestka run` as a process of its own: the automation in docs/operating.md, started, talked to and stopped.

And everything that keeps it from starting: one clear sentence, exit status 1, nothing secret told.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.commands.run import in_a_sentence
from bot.errors import NotReady
from bot.settings_file import read_settings
from bot.sole import lock_path, running
from tests.bot.commands.paperwork import (
    ALTERED,
    SECRETS_OF_ALL,
    TOKEN,
    Paperwork,
    furnish,
    roster,
    write_secrets,
)
from tests.forks import forked_program
from tests.rig import ROOT, Rig, environment, telegram, vestka

STOPS_WITHIN = 20.0  # seconds; a long poll in progress would take 30


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    with telegram() as started:
        yield started


@pytest.fixture
def own_rig() -> Iterator[Rig]:
    """A double of one test's own: its bot is started there."""
    with telegram() as started:
        yield started


def blocks() -> dict[str, str]:
    """The shell blocks of docs/operating.md that are marked as the automation."""
    text = (ROOT / "docs" / "operating.md").read_text("utf-8")
    return dict(re.findall(r"<!-- automation: (\w+) -->\n```sh\n(.*?)```", text, re.DOTALL))


@pytest.fixture
def vestka_file(tmp_path: Path) -> Iterator[Path]:
    """`vestka` as a file to be started, whether this is a checkout or a wheel; the bot is really started."""
    with forked_program(tmp_path / "vestka", started="run") as path:
        yield path


@pytest.fixture
def memory() -> Iterator[Path]:
    """A directory in memory, as the automation wants one."""
    if not Path("/dev/shm").is_dir():
        pytest.skip("there is no /dev/shm here")
    path = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="vestka-test-"))
    yield path
    shutil.rmtree(path)


@pytest.mark.slow
def test_the_automation_of_the_handbook_runs_a_whole_instance(
    own_rig: Rig, tmp_path: Path, memory: Path, vestka_file: Path
) -> None:
    group, home = own_rig.team(8800000001), tmp_path / "home"
    (tmp_path / "token.txt").write_text(own_rig.said["token"])
    script = f"{blocks()['start']}\necho RUNNING\nread -r _\n{blocks()['stop']}"
    given = environment(
        VESTKA=str(vestka_file), HERE=str(home), TOKEN_FILE=str(tmp_path / "token.txt"),
        GROUP=str(group),
        ACCOUNT="8800000001", API_ROOT=own_rig.api_root, RUNTIME=str(memory / "run"), LIGHT="--light",
    )  # fmt: skip
    shell = subprocess.Popen(
        ["sh", "-c", script], env=given, cwd=tmp_path, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    with shell:
        assert shell.stdout
        assert shell.stdin
        shown = ""
        while not shown.endswith("RUNNING\n"):
            shown += (line := shell.stdout.readline())
            assert line, shown
        hanna = own_rig.ask("person", name="Ганна Узор", language="be")["id"]
        own_rig.ask("send", person=hanna, text="/start")
        screen = own_rig.ask("wait", person=hanna, text="", timeout=20)
        assert screen["from_bot"]
        assert screen["buttons"]
        shell.stdin.write("\n")
        shell.stdin.flush()
        assert shell.wait(timeout=STOPS_WITHIN) == 0
        shown += shell.stdout.read()
    assert "not right" not in shown, (home / "doctor.json").read_text("utf-8")
    log = (home / "vestka.log").read_text("utf-8")
    assert log.splitlines()[-1].endswith("service.stopped")
    for secret in (own_rig.said["token"], str(group), "8800000001", str(hanna), "Ганна"):
        assert secret not in shown + log
    assert own_rig.ask("violations") == []


@contextmanager
def started(papers: Paperwork, *, line: str = "service.listening") -> Iterator[subprocess.Popen[str]]:
    """The bot, once it says `line`."""
    command = [sys.executable, "-m", "bot", "run", "--settings", str(papers.settings)]
    with subprocess.Popen(
        [*command, "--passphrase-file", str(papers.passphrase)],
        env=environment(), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stderr
            for told in process.stderr:
                if line in told:
                    break
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_seconds_during_a_long_poll(
    own_rig: Rig, tmp_path: Path, number: signal.Signals
) -> None:
    papers = furnish(
        tmp_path, api_root=own_rig.api_root, token=own_rig.said["token"], group=str(own_rig.team())
    )
    with started(papers) as process:
        wait_until(lambda: own_rig.ask("info")["polling"])
        process.send_signal(number)
        assert process.wait(timeout=STOPS_WITHIN) == 0


def test_a_signal_ends_it_while_telegram_cannot_be_reached(tmp_path: Path) -> None:
    papers = furnish(tmp_path, api_root="http://127.0.0.1:9")
    with started(papers, line="poll.failed") as process:
        process.terminate()
        assert process.wait(timeout=STOPS_WITHIN) == 0


def test_a_second_one_on_the_same_database_is_refused(own_rig: Rig, tmp_path: Path) -> None:
    papers = furnish(
        tmp_path, api_root=own_rig.api_root, token=own_rig.said["token"], group=str(own_rig.team())
    )
    with started(papers) as process:
        said = refusal(papers)
        assert f"process {process.pid}" in said
        assert running(lock_path(read_settings(papers.settings))) == process.pid
        process.terminate()
        assert process.wait(timeout=STOPS_WITHIN) == 0
    assert running(lock_path(read_settings(papers.settings))) is None


def test_it_leaves_no_core_and_its_files_are_its_owners_alone(own_rig: Rig, tmp_path: Path) -> None:
    papers = furnish(
        tmp_path, api_root=own_rig.api_root, token=own_rig.said["token"], group=str(own_rig.team())
    )
    with started(papers) as process:
        limits = Path(f"/proc/{process.pid}/limits")
        if limits.exists():
            (core,) = re.findall(r"Max core file size\s+(\w+)", limits.read_text())
            assert core == "0"
        process.terminate()
        process.wait(timeout=STOPS_WITHIN)
    made = [path for path in papers.home.rglob("*") if path.is_file()]
    assert {path.suffix for path in made} >= {".db", ".lock", ".day"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in made if path != papers.settings)


def wait_until(holds: Callable[[], bool]) -> None:
    """For what another process does; the test's own time limit is the end of patience."""
    while not holds():
        time.sleep(0.1)


def refusal(papers: Paperwork) -> str:
    """What `vestka run` says when it cannot start: one sentence or two, and nothing secret."""
    done = vestka("run", "--settings", papers.settings, "--passphrase-file", papers.passphrase)
    told = [line for line in done.stderr.splitlines() if not re.match(r"\d{4}-\d\d-\d\dT\d\dZ ", line)]
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert not any(secret in done.stderr for secret in (*SECRETS_OF_ALL, papers.folder.name + "token"))
    assert len(told) == 1, told
    assert told[0].endswith(".")
    return told[0]


def spoil_token(papers: Paperwork) -> None:
    """Leave the invented token, which the double does not know."""


def spoil_roster(papers: Paperwork, document: bytes) -> None:
    write_secrets(papers, roster=document)


def block_folder(papers: Paperwork) -> None:
    """The database is to lie below a file: nobody, not even root, can write there."""
    text = papers.settings.read_text("utf-8").replace("[places]", '[places]\ndatabase = "secrets.vkf/v.db"')
    papers.settings.write_text(text, "utf-8")


def block_runtime(papers: Paperwork) -> None:
    (papers.home / "runtime").write_text("in the way", "utf-8")


SPOILT: dict[str, tuple[Callable[[Paperwork], object], str]] = {
    "a token telegram does not know": (spoil_token, "does not accept the token"),
    "an altered roster": (lambda papers: spoil_roster(papers, ALTERED), "changed after it was signed"),
    "an unsigned roster": (lambda papers: spoil_roster(papers, roster(key=None)), "Sign it with the root"),
    "no roster": (lambda papers: spoil_roster(papers, b""), "no roster yet"),
    "no passphrase file": (lambda papers: papers.passphrase.unlink(), "cannot be read"),
    "another passphrase": (lambda papers: papers.passphrase.write_text("nope nope nope"), "passphrase"),
    "no secrets": (lambda papers: (papers.home / "secrets.vkf").unlink(), "vestka init"),
    "damaged secrets": (lambda papers: (papers.home / "secrets.vkf").write_bytes(b"VKF1"), "second copy"),
    "a folder that cannot be written": (block_folder, "cannot be written"),
    "a runtime directory in the way": (block_runtime, "Choose"),
    "an unknown key": (lambda papers: papers.settings.write_text("colour = 3"), "`colour`"),
    "no settings": (lambda papers: papers.settings.unlink(), "vestka init"),
    "a database that is none": (
        lambda papers: (papers.home / "vestka.db").write_bytes(b"no database" * 99), "Check",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SPOILT)
def test_what_keeps_it_from_starting_is_one_sentence(rig: Rig, tmp_path: Path, case: str) -> None:
    spoil, words = SPOILT[case]
    papers = furnish(tmp_path, api_root=rig.api_root)
    spoil(papers)
    assert words in refusal(papers)


def test_a_token_of_the_wrong_shape_is_one_sentence(rig: Rig, tmp_path: Path) -> None:
    papers = furnish(tmp_path, api_root=rig.api_root, token=f"{TOKEN} with words")
    assert "does not accept" in refusal(papers)


def test_a_runtime_directory_on_a_disk_needs_a_word(rig: Rig, on_disk: Path) -> None:
    papers = furnish(on_disk, api_root=rig.api_root)
    text = papers.settings.read_text("utf-8")
    papers.settings.write_text(text.replace("allow_disk_runtime = true", ""), "utf-8")
    assert "--allow-disk-runtime" in refusal(papers)
    done = vestka(
        "run", "--settings", papers.settings, "--passphrase-file", papers.passphrase, "--allow-disk-runtime"
    )
    assert "runtime.on_disk" in done.stderr  # and then the token is refused


def test_a_mistake_of_our_own_is_told_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NotReady) as refused, in_a_sentence():
        raise RuntimeError(TOKEN)
    assert TOKEN not in str(refused.value) + caplog.text
    assert refused.value.__cause__ is None
    assert "service.failed RuntimeError" in caplog.text


def test_the_scan_for_secrets_would_find_one() -> None:
    assert any(secret in f"said {TOKEN}" for secret in SECRETS_OF_ALL)
    assert os.environ.get("CREDENTIALS_DIRECTORY") is None
