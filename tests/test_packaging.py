"""What the wheel holds, and that the suite passes against the installed wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.checkout]

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("bot", "handlers", "storage")


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Run a program; its output is the message when it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, with the pinned build tools."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_every_file_of_the_product_under_one_name(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = run("git", "ls-files", *FOLDERS).splitlines()
    missing = [name for name in tracked if f"vestka/{name}" not in names and name != "bot/installed.py"]
    assert missing == []
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"vestka"}
    assert not any("tests/" in name for name in names)
    assert "vestka/__main__.py" in names


def test_the_suite_passes_against_the_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    run(sys.executable, "-m", "venv", "--system-site-packages", home)
    python = home / "bin" / "python"
    # The pinned libraries are those of this environment; the product itself comes from the wheel alone.
    libraries = next(Path(entry) for entry in sys.path if entry.endswith("site-packages"))
    inside = next((home / "lib").iterdir()) / "site-packages"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel)
    (inside / "pinned.pth").write_text(f"{libraries}\n")
    run("git", "checkout-index", "--all", f"--prefix={tmp_path}/checkout/")
    for folder in FOLDERS:
        (tmp_path / "checkout" / folder).rename(tmp_path / f"unused-{folder}")
    checkout = tmp_path / "checkout"
    program = inside / "vestka"
    assert "Takes word" in run(home / "bin" / "vestka", "--help", cwd=tmp_path)
    marks = "not checkout and not slow and not postgres and not node"
    selected = ["-m", marks, "-q", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": ""}
    done = subprocess.run(
        [str(python), "-m", "pytest", *selected, "-o", f"pythonpath={program} {checkout}", "tests"],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
