"""The commands as a holder runs them: another locale, another time zone, a full disk, an open umask."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from storage.sealing.canonical import dump
from tests.bot.exports.made import WRITERS
from tests.bot.exports.sealed_days import seal_body, seal_day, seal_reports, write_key, write_parts
from tests.handlers.sharing.samples import make_case, make_report
from tests.rig import environment as in_product

CASES = [make_case(number) for number in range(12)]
NAME = "Прыклад"
NOTHING: Mapping[str, str] = {}
OLD = {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}  # a terminal that knows ASCII alone


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A sealed day of twelve people, and a key beside it."""
    write_key(tmp_path)
    (path,) = write_parts(tmp_path, seal_day(CASES, seal_reports(CASES, [make_report(n) for n in range(12)])))
    return path


def vestka(
    *arguments: object, before: Callable[[], object] | None = None, environment: Mapping[str, str] = NOTHING
) -> subprocess.CompletedProcess[bytes]:
    """Run `vestka ARGUMENTS` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        env=in_product(**environment),
        preexec_fn=before,
        capture_output=True,
        check=False,
    )


def open_day(
    bundle: Path,
    out: Path,
    *,
    before: Callable[[], object] | None = None,
    environment: Mapping[str, str] = NOTHING,
) -> subprocess.CompletedProcess[bytes]:
    key = bundle.with_name("key.txt")
    return vestka(
        "digest", "open", bundle, "--key", key, "--out", out, before=before, environment=environment
    )


def test_the_files_are_the_same_in_every_time_zone_and_locale(bundle: Path, tmp_path: Path) -> None:
    here = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
    far = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", **OLD}
    for name, environment in {"here": here, "far": far}.items():
        assert open_day(bundle, tmp_path / name, environment=environment).returncode == 0
    for name in WRITERS:
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "far" / name).read_bytes()


def test_a_terminal_without_cyrillic_letters_shows_their_numbers(tmp_path: Path) -> None:
    file = tmp_path / "CODE.age"
    file.write_bytes(seal_body(dump(make_report(5))).data)
    shown = vestka("open", file, "--key", write_key(tmp_path), environment=OLD)
    assert shown.returncode == 0
    assert NAME.encode("ascii", "backslashreplace") in shown.stdout
    assert b"Traceback" not in shown.stderr


def test_only_the_owner_may_read_the_files_whatever_the_umask(bundle: Path, tmp_path: Path) -> None:
    assert open_day(bundle, tmp_path / "out", before=lambda: os.umask(0)).returncode == 0
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()} == {0o600}


@pytest.mark.parametrize("room", [4_096, 20_000, 50_000])
def test_a_full_disk_is_one_sentence_and_leaves_no_file(bundle: Path, tmp_path: Path, room: int) -> None:
    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    refused = open_day(bundle, tmp_path / "out", before=fill)
    assert refused.returncode == 1
    assert refused.stderr.decode().splitlines()[-1].endswith("Check rights and free space.")
    assert b"Traceback" not in refused.stderr
    assert NAME not in (refused.stdout + refused.stderr).decode()
    assert not (tmp_path / "out").exists()


def test_with_room_enough_the_same_day_is_written(bundle: Path, tmp_path: Path) -> None:
    """The control: it is the limit that stops the writing, and one of the files is longer than it."""
    assert open_day(bundle, tmp_path / "out").returncode == 0
    assert max(path.stat().st_size for path in (tmp_path / "out").iterdir()) > 50_000


def test_a_report_into_a_full_device_is_no_success(tmp_path: Path) -> None:
    file = tmp_path / "CODE.age"
    file.write_bytes(seal_body(dump(make_report(5))).data)
    with Path("/dev/full").open("wb") as full:
        refused = subprocess.run(
            [sys.executable, "-m", "bot", "open", file, "--key", write_key(tmp_path), "--json"],
            env=in_product(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert refused.returncode != 0
    assert b"cannot be written as a whole" in refused.stderr
    assert b"Traceback" not in refused.stderr
    assert NAME not in refused.stderr.decode()
