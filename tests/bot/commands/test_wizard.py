"""The wizard of `vestka init`: wrong answers are asked again, secrets are neither shown nor echoed."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.errors import InputRefused
from bot.settings_file import read_settings
from bot.setup.answers import Answers
from bot.setup.wizard import ask_answers
from storage.operator import load
from tests.bot.commands.paperwork import (
    ALTERED,
    GROUP,
    ROOT,
    SECRETS_OF_ALL,
    TOKEN,
    WORDS,
    Paperwork,
    bring,
    furnish,
)  # fmt: skip
from tests.rig import environment


@pytest.fixture
def papers(tmp_path: Path) -> Paperwork:
    """Everything an operator brings."""
    return bring(tmp_path)


@pytest.fixture
def instance(tmp_path: Path) -> Paperwork:
    """An instance that is there already."""
    return furnish(tmp_path, api_root="https://api.example.org")


def test_without_a_terminal_the_wizard_says_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["init", "--folder", str(tmp_path / "instance")])
    assert isinstance(result.exception, InputRefused)
    assert "--answers" in str(result.exception)


class Person:
    """Answers the wizard from a list, and remembers what was asked and told."""

    def __init__(self, *answers: str) -> None:
        self._answers: Iterator[str] = iter(answers)
        self.asked: list[tuple[str, str, bool]] = []
        self.told: list[str] = []

    def ask(self, words: str, *, default: str, hidden: bool = False) -> str:
        self.asked.append((words, default, hidden))
        return next(self._answers) or default

    def tell(self, words: str) -> None:
        self.told.append(words)


def test_the_wizard_asks_again_until_an_answer_can_be_used(papers: Paperwork) -> None:
    path = papers.folder / "roster.json"
    (papers.folder / "altered.json").write_bytes(ALTERED)
    person = Person(
        "Узорны цэнтр", "pl", "be", "Mars", "", "25", "x", "9", "", "zz", ROOT.public.hex(),
        "12", GROUP, "123", TOKEN, "", str(papers.folder / "altered.json"), str(path),
    )  # fmt: skip
    told = ask_answers(None, ask=person.ask, tell=person.tell)
    assert told.settings == {
        "organisation": {
            "name": "Узорны цэнтр", "time_zone": "Europe/Minsk", "digest_hour": 9,
            "roots": [ROOT.public.hex()],
        },
        "team": {"language": "be"},
    }  # fmt: skip
    assert (told.group, told.token, told.roster) == (GROUP, TOKEN, path.read_bytes())
    assert len(person.told) == 10
    assert not any(secret in " ".join(person.told) for secret in SECRETS_OF_ALL)
    assert [words for words, _, hidden in person.asked if hidden] == [
        "Token of the bot from @BotFather (not shown)"
    ] * 2


def test_renewing_shows_the_settings_and_keeps_the_secrets_that_are_left_empty(instance: Paperwork) -> None:
    known = read_settings(instance.settings)
    person = Person(*[""] * 8)
    told = ask_answers(known, ask=person.ask, tell=person.tell)
    assert (told.token, told.group, told.roster) == ("", "", b"")
    assert told.settings["organisation"]["roots"] == [ROOT.public.hex()]
    assert told.settings["team"] == {"language": "en"}
    assert person.told == []
    shown = " ".join(default for _, default, _ in person.asked)
    assert not any(secret in shown for secret in SECRETS_OF_ALL)


def test_what_was_answered_shows_no_secret() -> None:
    told = repr(Answers(token=TOKEN, group=GROUP, roster=b"telegram=100200300"))
    assert not any(secret in told for secret in SECRETS_OF_ALL)


def test_a_person_at_a_terminal_sets_up_an_instance(papers: Paperwork) -> None:
    """The wizard as it is: prompts on a terminal, token and passphrase without echo."""
    told = (
        ("Name of the organisation", "Узор"), ("Language", "ru"), ("Time zone", ""), ("Hour", ""),
        ("root key", ROOT.public.hex()), ("Id of", GROUP), ("Token", TOKEN),
        ("roster file", str(papers.folder / "roster.json")), ("(new)", WORDS), ("once more", WORDS),
    )  # fmt: skip
    with Screen(["init", "--folder", str(papers.home), "--light"]) as screen:
        for prompt, answer in told:
            screen.answer(prompt, answer)
        shown = screen.end()
    assert "Written:" in shown
    assert TOKEN not in shown
    assert WORDS not in shown
    assert (
        read_settings(papers.settings).team.language,
        load(papers.home / "secrets.vkf", WORDS).telegram_token,
    ) == ("ru", TOKEN)


class Screen:
    """A program on a terminal."""

    def __init__(self, arguments: list[str]) -> None:
        self._ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "bot", *arguments]
        self._program = subprocess.Popen(  # the terminal is its only one
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(), start_new_session=True
        )
        os.close(theirs)
        self._seen = b""
        self._read = 0

    def answer(self, prompt: str, text: str) -> None:
        """Type a line once the prompt is there, whole: what is typed earlier, a hidden prompt throws away."""
        while not (prompt.encode() in self._seen[self._read :] and self._seen.endswith(b": ")):
            self._seen += os.read(self._ours, 4096)
        self._read = len(self._seen)
        os.write(self._ours, f"{text}\n".encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self._program.kill()
        self._program.wait()
        os.close(self._ours)

    def end(self) -> str:
        """Everything that was shown, once the program has ended well."""
        try:
            while more := os.read(self._ours, 4096):
                self._seen += more
        except OSError:  # the terminal is closed
            pass
        assert self._program.wait(timeout=20) == 0, self._seen.decode()
        return self._seen.decode()
