"""`vestka init`: a whole instance or none, secrets under the passphrase alone, keys that stay."""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.answers import Answers, read_answers
from bot.errors import InputRefused, PassphraseRefused, SettingsRefused, VestkaError
from bot.settings_file import read_settings
from bot.trust import bot_key
from bot.wizard import ask_answers
from storage.errors import SecretsRefused
from storage.operator import OperatorSecrets, load, save
from storage.sealing import FLOOR, NobodyToSealTo, RosterRefused
from tests.bot.commands.paperwork import (
    ALTERED,
    GROUP,
    ROOT,
    SECRETS_OF_ALL,
    STRANGER,
    TOKEN,
    WORDS,
    Paperwork,
    bring,
    furnish,
    roster,
)
from tests.rig import environment

Run = Callable[..., Result]


@pytest.fixture
def papers(tmp_path: Path) -> Paperwork:
    """Everything an operator brings."""
    return bring(tmp_path)


@pytest.fixture
def instance(tmp_path: Path) -> Paperwork:
    """An instance that is there already."""
    return furnish(tmp_path, api_root="https://api.example.org")


def run(arguments: list[str]) -> Result:
    return CliRunner().invoke(app, arguments)


def refusal(result: Result, kind: type[Exception]) -> str:
    """The sentence; nothing secret in it."""
    assert result.exit_code == 1
    assert isinstance(result.exception, kind), result.exception
    said = str(result.exception)
    assert not any(secret in said + result.output for secret in SECRETS_OF_ALL)
    return said


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def secrets_of(papers: Paperwork) -> OperatorSecrets:
    return load(papers.home / "secrets.vkf", WORDS)


def test_an_instance_is_set_up_without_a_question(papers: Paperwork) -> None:
    result = run(papers.arguments("--light", digest_hour=7, retention_days=60))
    assert result.exit_code == 0, result.exception
    settings, secrets = read_settings(papers.settings), secrets_of(papers)
    assert settings.organisation.roots == (ROOT.public.hex(),)
    assert (settings.organisation.digest_hour, settings.team.language, settings.retention.days) == (
        7,
        "en",
        60,
    )
    assert (secrets.telegram_token, secrets.telegram_group) == (TOKEN, GROUP)
    assert (secrets.roster, secrets.roster_serial) == (roster(), 1)
    assert bot_key(secrets) in result.output
    assert not any(secret in result.output for secret in SECRETS_OF_ALL)


def test_both_files_are_their_owners_alone_and_the_settings_hold_no_secret(papers: Paperwork) -> None:
    assert run(papers.arguments("--light")).exit_code == 0
    assert sorted(path.name for path in papers.home.iterdir()) == ["secrets.vkf", "vestka.toml"]
    assert {mode(path) for path in papers.home.iterdir()} == {0o600}
    assert mode(papers.home) == 0o700
    assert not any(secret in papers.settings.read_text("utf-8") for secret in SECRETS_OF_ALL)


def test_a_root_can_be_named_by_its_public_file(papers: Paperwork) -> None:
    from bot.public_keys import PublicKeys

    keys = PublicKeys("root", {"root": ROOT.public.hex()})
    (papers.folder / "root.public").write_text(json.dumps(keys.to_json()), "utf-8")
    told = read_answers(papers.put(root=["root.public", STRANGER.public.hex()], signatures=1), renew=False)
    assert told.settings["organisation"]["roots"] == [ROOT.public.hex(), STRANGER.public.hex()]


def test_an_instance_is_never_overwritten_by_mistake(instance: Paperwork) -> None:
    before = {path: path.read_bytes() for path in instance.home.iterdir()}
    assert "--renew" in refusal(run(instance.arguments("--light")), InputRefused)
    instance.settings.unlink()  # the secrets alone are worth as much
    before.pop(instance.settings)
    refusal(run(instance.arguments("--light")), SecretsRefused)
    assert {path: path.read_bytes() for path in instance.home.iterdir()} == before


def test_renewing_keeps_the_keys_and_whatever_is_not_answered(instance: Paperwork) -> None:
    before = secrets_of(instance)
    with instance.settings.open("a", encoding="utf-8") as file:
        file.write("\n[retention]\ndays = 45\n")
    instance.answers = {"passphrase_file": "words.txt", "policy": "bell", "token_file": "new.txt"}
    (instance.folder / "new.txt").write_text("8589934592:BBanother-token-of-nobody-0123", "utf-8")
    result = run(instance.arguments("--renew"))
    assert result.exit_code == 0, result.exception
    settings, after = read_settings(instance.settings), secrets_of(instance)
    assert (settings.team.policy, settings.team.language, settings.retention.days) == ("bell", "en", 45)
    assert after.telegram_token == "8589934592:BBanother-token-of-nobody-0123"
    assert after.telegram_group == before.telegram_group
    assert (after.signing_seed, after.case_key, after.roster) == (
        before.signing_seed, before.case_key, before.roster,
    )  # fmt: skip
    assert bot_key(before) in result.output


def test_renewing_takes_only_a_newer_roster(instance: Paperwork) -> None:
    instance.answers = {"passphrase_file": "words.txt", "roster": "roster.json"}
    path = instance.folder / "roster.json"
    path.write_bytes(roster(serial=4))
    assert run(instance.arguments("--renew")).exit_code == 0
    assert secrets_of(instance).roster_serial == 4
    path.write_bytes(roster(serial=3))
    assert "higher serial" in refusal(run(instance.arguments("--renew")), RosterRefused)
    assert secrets_of(instance).roster_serial == 4


def test_renewing_with_another_passphrase_changes_nothing(instance: Paperwork) -> None:
    before = {path: path.read_bytes() for path in instance.home.iterdir()}
    (instance.folder / "words.txt").write_text("нешта зусім іншае", "utf-8")
    assert "passphrase" in refusal(run(instance.arguments("--renew")), SecretsRefused)
    assert {path: path.read_bytes() for path in instance.home.iterdir()} == before


def test_the_credential_of_systemd_is_the_passphrase(
    instance: Paperwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(instance.folder))
    instance.answers = {"policy": "bell"}
    asked = refusal(run(instance.arguments("--renew")), PassphraseRefused)
    assert "nothing is asked" in asked
    instance.passphrase.rename(instance.folder / "vestka-passphrase")
    assert run(instance.arguments("--renew")).exit_code == 0
    assert read_settings(instance.settings).team.policy == "bell"


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"group": "1008589934592"}, InputRefused, "negative number"),
        ({"group": "@dziazhurstva"}, InputRefused, "negative number"),
        ({"group": True}, InputRefused, "negative number"),
        ({"group": None}, InputRefused, "missing: `group`"),
        ({"language": "pl"}, SettingsRefused, "`team.language`"),
        ({"time_zone": "Mars"}, SettingsRefused, "Europe/Minsk"),
        ({"digest_hour": "8"}, SettingsRefused, "whole number"),
        ({"root": "zz"}, InputRefused, "64 hexadecimal digits"),
        ({"root": 7}, InputRefused, "`root`"),
        ({"root": STRANGER.public.hex()}, RosterRefused, "signatures"),
        ({"signatures": 2}, SettingsRefused, "more root keys"),
        ({"roster": "nowhere.json"}, InputRefused, "cannot be read"),
        ({"roster": "token.txt"}, RosterRefused, "vestka roster"),
        ({"token_file": "roster.json"}, InputRefused, "no bot token"),
        ({"token_file": 5}, InputRefused, "`token_file`"),
        ({"passphrase_file": "nowhere"}, PassphraseRefused, "cannot be read"),
        ({"passphrase_file": None}, PassphraseRefused, "nothing is asked"),
        ({"api_root": "http://example.org"}, SettingsRefused, "https://"),
        ({"tokn": "x"}, InputRefused, "unknown key `tokn`"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_written(
    papers: Paperwork, changes: dict[str, Any], kind: type[VestkaError], words: str
) -> None:
    assert words in refusal(run(papers.arguments("--light", **changes)), kind)
    assert not papers.home.exists()


@pytest.mark.parametrize(
    ("document", "kind", "words"),
    [
        (roster(key=None), RosterRefused, "signatures"),
        (roster(key=STRANGER), RosterRefused, "signatures"),
        (ALTERED, RosterRefused, "changed after"),
        (roster(members=[], recovery=None), NobodyToSealTo, "Sign a new roster"),
        (b"", RosterRefused, "vestka roster"),
    ],
)
def test_a_roster_that_must_not_be_obeyed_is_refused(
    papers: Paperwork, document: bytes, kind: type[Exception], words: str
) -> None:
    (papers.folder / "roster.json").write_bytes(document)
    if not document:  # an empty file is no roster at all
        kind, words = Exception, "roster"
    assert words in refusal(run(papers.arguments("--light")), kind)
    assert not papers.home.exists()


def test_a_weak_passphrase_is_refused(papers: Paperwork) -> None:
    papers.passphrase.write_text("кароткая", "utf-8")
    assert "seven random words" in refusal(run(papers.arguments("--light")), PassphraseRefused)


@pytest.mark.parametrize("content", ["a = ", "\ud800"])
def test_answers_that_are_no_toml_are_refused(papers: Paperwork, content: str) -> None:
    arguments = papers.arguments("--light")
    (papers.folder / "answers.toml").write_bytes(content.encode("utf-8", "surrogatepass"))
    assert "cannot be read as TOML" in refusal(run(arguments), InputRefused)


def test_missing_answers_are_refused_in_a_sentence(papers: Paperwork) -> None:
    arguments = papers.arguments("--light")
    (papers.folder / "answers.toml").unlink()
    assert "cannot be read" in refusal(run(arguments), InputRefused)


def test_a_folder_that_cannot_be_made_is_refused(papers: Paperwork) -> None:
    papers.home.write_text("in the way", "utf-8")
    assert "Choose one" in refusal(run(papers.arguments("--light")), InputRefused)


def test_without_the_settings_the_secrets_do_not_stay_either(papers: Paperwork) -> None:
    papers.home.mkdir()
    (papers.home / "vestka.toml").symlink_to("gone.toml")  # looks absent, and cannot be made
    refusal(run(papers.arguments("--light")), InputRefused)
    assert not (papers.home / "secrets.vkf").exists()


def test_without_a_terminal_the_wizard_says_what_to_do(tmp_path: Path) -> None:
    result = run(["init", "--folder", str(tmp_path / "instance")])
    assert "--answers" in refusal(result, InputRefused)


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
    assert (read_settings(papers.settings).team.language, secrets_of(papers).telegram_token) == ("ru", TOKEN)


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


def test_the_cost_of_the_secrets_stays_when_they_are_renewed(instance: Paperwork) -> None:
    from storage.sealing.keyfile import cost_of

    instance.answers = {"passphrase_file": "words.txt"}
    assert run(instance.arguments("--renew")).exit_code == 0
    path = instance.home / "secrets.vkf"
    assert cost_of(path.read_bytes()) == FLOOR
    save(path, secrets_of(instance), passphrase=WORDS, replace=True)
    assert cost_of(path.read_bytes()) == FLOOR
