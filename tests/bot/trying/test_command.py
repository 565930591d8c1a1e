"""`vestka try` as a program: what it prints, how it ends, what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.trying import sample
from tests.forks import run_fork
from tests.rig import environment, vestka

KEYS = {
    "case",
    "language",
    "sealed",
    "bundle",
    "key",
    "passphrase_file",
    "card",
    "transcript",
    "equal",
    "faults",
}


def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """`vestka try` to its end."""
    return run_fork(("try", *arguments), env=environment(**more))


def test_json_is_one_object_on_standard_output_also_with_warnings(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "always", "-m", "bot", "try", "--script", str(sample()), "--json"]
    done = subprocess.run(
        [*command, "--data", str(tmp_path / "new")],
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1
    assert set(told) == KEYS
    assert (told["equal"], told["language"]) == (True, "be")
    assert all(Path(told[name]).is_file() for name in ("sealed", "bundle", "key", "passphrase_file"))
    opened = vestka(
        "open", told["sealed"], "--key", told["key"], "--passphrase-file", told["passphrase_file"]
    )
    assert opened.returncode == 0, opened.stderr
    assert "Прыклад" in opened.stdout
    assert "Прыклад" not in "\n".join(told["card"])


def test_without_a_terminal_the_sample_is_played_in_a_new_folder(tmp_path: Path) -> None:
    done = run(TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "The opened report equals what was told." in done.stdout
    assert [path.name.startswith("vestka-try-") for path in tmp_path.iterdir()] == [True]


def test_closed_input_and_an_alphabet_without_our_letters_are_no_obstacle(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "try", "--json", "--data", str(tmp_path / "new")]
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *command],
        env=environment(PYTHONIOENCODING="ascii"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["equal"] is True


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "holds no message"),
        (b"# only for the reader\n", "holds no message"),
        (b"\x7fELF\xff\xfe\x00", "cannot be read as UTF-8 text"),
        (b"/start\n" * 501, "too long"),
        ("/start\nТак, я за мяжой\nМаці\n".encode(), "ended before the report was sent"),
        ("сёння ?? 今日 !!\nqwerty 12 ещё\nпрывітанне\n".encode() * 3, "ended before the report was sent"),
    ],
)
def test_a_script_that_cannot_be_played_gets_one_kind_sentence(tmp_path: Path, text: bytes, why: str) -> None:
    script = tmp_path / "story.txt"
    script.write_bytes(text)
    done = run("--script", script, "--data", tmp_path / "new", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert why in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    done = run("--script", sample(), "--data", tmp_path)
    assert done.returncode == 1
    assert "is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("folder", ["file", "file/below", "a" * 300])
def test_a_place_that_cannot_be_written_to_gets_one_kind_sentence(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    done = run("--data", tmp_path / folder)
    assert done.returncode == 1
    assert "Name a new folder" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_language_we_do_not_speak_is_refused() -> None:
    done = run("--language", "xx")
    assert done.returncode == 1
    assert "be, ru, en" in done.stderr


def test_the_lines_that_open_the_files_can_be_copied_as_they_are(tmp_path: Path) -> None:
    done = run("--data", tmp_path / "new")
    lines = [line.split() for line in done.stdout.splitlines() if line.startswith("  ") and " --key " in line]
    assert [line[1] for line in lines] == ["open", "digest"]
    for line in lines:
        opened = vestka(*line[1:])
        assert opened.returncode == 0, opened.stderr
    assert (tmp_path / "new" / "digest" / "digest.html").is_file()
