"""A passphrase comes from a file or from a person, and never goes anywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import PassphraseRefused
from bot.keys.passphrase import new_passphrase, read_passphrase


def file(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    path = folder / "words"
    path.write_bytes(content)
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"sem slou\n", "sem slou"),
        (b"sem slou\r\n", "sem slou"),
        (b"sem slou", "sem slou"),
        (b" sem slou \n", " sem slou "),
        (b"sem slou\n\n", "sem slou\n"),
        ("сем слоў\n".encode(), "сем слоў"),
    ],
)
def test_one_line_end_is_taken_off_and_nothing_else(tmp_path: Path, content: bytes, expected: str) -> None:
    assert read_passphrase(file(tmp_path, content), prompt="") == expected


@pytest.mark.parametrize("content", [b"", b"\n", b"   \n", b"\xff\xfe", b"x" * 5000])
def test_a_file_without_a_usable_passphrase_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(PassphraseRefused):
        read_passphrase(file(tmp_path, content), prompt="")


def test_a_missing_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PassphraseRefused, match="cannot be read"):
        read_passphrase(tmp_path / "nothing", prompt="")


@pytest.mark.parametrize(("mode", "warned"), [(0o644, True), (0o640, True), (0o600, False), (0o400, False)])
def test_a_file_that_others_can_read_is_used_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mode: int, *, warned: bool
) -> None:
    assert read_passphrase(file(tmp_path, b"sem slou", mode), prompt="") == "sem slou"
    told = capsys.readouterr()
    assert ("chmod 600" in told.err) is warned
    assert "sem slou" not in told.err + told.out


def test_a_new_passphrase_is_asked_for_twice() -> None:
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return "sem vypadkovych slou"

    assert new_passphrase("Key", ask=ask) == "sem vypadkovych slou"
    assert len(set(asked)) == 2


def test_two_different_answers_are_refused() -> None:
    answers = iter(("sem vypadkovych slou", "sem vypadkovych sloŭ"))
    with pytest.raises(PassphraseRefused, match="differ"):
        new_passphrase("Key", ask=lambda _: next(answers))


@pytest.mark.parametrize("short", ["", " ", "adzinaccac", "x" * 11, " " * 20])
def test_short_new_passphrases_are_refused(short: str) -> None:
    with pytest.raises(PassphraseRefused):
        new_passphrase("Key", ask=lambda _: short)


def test_an_old_passphrase_may_be_short() -> None:
    assert read_passphrase(None, prompt="Key", ask=lambda _: "old") == "old"


def test_a_refusal_never_repeats_what_was_typed() -> None:
    with pytest.raises(PassphraseRefused) as refused:
        new_passphrase("Key", ask=lambda _: "taemnica")
    assert "taemnica" not in str(refused.value)
