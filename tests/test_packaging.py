"""What the wheel holds, that two builds are the same, and that what was installed passes the tests.

What could be different there is where files lie and how modules are found: every module is imported and
every file of data read by the tests of PROVED, so the rest of the suite is not run twice.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.checkout]

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("bot", "handlers", "storage")
WITHOUT = "not checkout and not slow and not postgres and not node and not drill"
PROVED = ("handlers", "storage", "bot/commands", "bot/exports", "bot/trying", "journeys/test_whole_way.py")
DAY = {"SOURCE_DATE_EPOCH": "1790000000"}


def attempt(*command: str | Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, with nothing on the import path but what is installed."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": "", **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def run(*command: str | Path, cwd: Path = ROOT, **more: str) -> str:
    """Run a program that must succeed; what it said is the message when it does not."""
    done = attempt(*command, cwd=cwd, **more)
    failed = [line[:200] for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    assert done.returncode == 0, "\n".join([*failed, done.stdout[-4000:], done.stderr[-4000:]])
    return done.stdout


def export(folder: Path) -> Path:
    """The tracked files, as a fresh clone has them."""
    run("git", "checkout-index", "--all", f"--prefix={folder}/")
    return folder


def build(folder: Path) -> dict[str, Path]:
    """Source distribution and the wheel made from it, with the pinned build tools."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist", cwd=folder, **DAY)
    return {path.suffix: path for path in (folder / "dist").iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One build of the tracked files: ".whl" and ".gz"."""
    return build(export(tmp_path_factory.mktemp("first")))


@pytest.fixture(scope="module")
def home(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean environment with the pinned libraries and the wheel."""
    home = tmp_path_factory.mktemp("clean") / "venv"
    run(sys.executable, "-m", "venv", home)
    pip = (home / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    pins = ROOT / "requirements" / "dev.txt"
    if attempt(*pip, "--retries", "1", "--require-hashes", "-r", pins, cwd=ROOT).returncode != 0:
        # No registry within reach: the same pinned libraries lie in this environment; the product does not.
        libraries = next(entry for entry in sys.path if entry.endswith("site-packages"))
        (packages(home) / "pinned.pth").write_text(f"{libraries}\n", "utf-8")
    run(*pip, "--no-deps", "--no-index", built[".whl"])
    return home


def packages(home: Path) -> Path:
    """Where an environment keeps what is installed."""
    return next((home / "lib").glob("python*")) / "site-packages"


def test_the_wheel_holds_every_file_of_the_product_under_one_name(built: dict[str, Path]) -> None:
    names = set(zipfile.ZipFile(built[".whl"]).namelist())
    tracked = run("git", "ls-files", *FOLDERS).splitlines()
    expected = {f"vestka/{name}" for name in tracked} - {"vestka/bot/installed.py"} | {"vestka/__main__.py"}
    expected |= {f"vestka/bot/{name}" for name in run("git", "ls-files", "examples").splitlines()}
    inside = {name for name in names if name.startswith("vestka/")}
    assert expected - inside == set()
    assert inside - expected <= {"vestka/bot/installed.py"}
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"vestka"}


def test_two_builds_are_the_same_bytes(built: dict[str, Path], tmp_path: Path) -> None:
    again = build(export(tmp_path / "second"))
    assert {suffix: path.name for suffix, path in again.items()} == {s: p.name for s, p in built.items()}
    assert [path.read_bytes() == again[suffix].read_bytes() for suffix, path in built.items()] == [True, True]


def test_the_installed_program_plays_the_sample_that_lies_inside_it(home: Path, tmp_path: Path) -> None:
    program = home / "bin" / "vestka"
    assert "Takes word" in run(program, "--help", cwd=tmp_path)
    told = json.loads(run(program, "try", "--json", "--data", tmp_path / "new", cwd=tmp_path))
    assert told["equal"] is True
    assert (packages(home) / "vestka" / "bot" / "examples" / "mother.be.txt").is_file()


def test_what_was_installed_passes_the_tests(home: Path, tmp_path: Path) -> None:
    checkout = export(tmp_path / "checkout")
    for folder in FOLDERS:
        (checkout / folder).rename(tmp_path / f"unused-{folder}")
    path = f"pythonpath={packages(home) / 'vestka'} {checkout}"
    command = (
        home / "bin" / "python",
        "-m",
        "pytest",
        "-q",
        "-m",
        WITHOUT,
        "-p",
        "no:cacheprovider",
        "-n",
        "auto",
        "--dist",
        "worksteal",
        "-o",
        path,
    )
    chosen = [f"tests/{name}" for name in PROVED]
    assert " passed" in run(*command, *chosen, cwd=checkout)
