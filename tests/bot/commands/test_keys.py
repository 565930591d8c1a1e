"""Keys are made once, shown without a secret, and exported only when asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.commands.keys import app
from bot.errors import InputRefused, KeyRefused, PassphraseRefused
from bot.keys.public import read_public_keys
from storage.sealing import Identity, IdentityKey, key_from_content, unlock

WORDS = "сем выпадковых слоў для праверкі"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words"
    path.write_text(WORDS + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An identity's key file at the lowest cost allowed; its passphrase lies beside it."""
    folder = tmp_path_factory.mktemp("keys")
    (folder / "words").write_text(WORDS, encoding="utf-8")
    (folder / "words").chmod(0o600)
    arguments = ("--kind", "identity", "--pseudonym", "m-01", "--out", folder / "m-01.key", "--light")
    result = run("new", *arguments, "--passphrase-file", folder / "words", "--json")
    assert result.exit_code == 0, result.exception
    (folder / "told").write_text(result.stdout, encoding="utf-8")
    return folder / "m-01.key"


def secrets_of(path: Path) -> list[str]:
    key = key_from_content(unlock(path.read_bytes(), WORDS))
    assert isinstance(key, IdentityKey)
    return [key.identity.seed.hex(), key.signing.seed.hex(), key.identity.to_text()]


def refusal(result: Result, kind: type[Exception]) -> str:
    assert result.exit_code != 0
    assert isinstance(result.exception, kind)
    return str(result.exception)


def test_a_new_key_opens_with_its_passphrase_and_tells_no_secret(made: Path) -> None:
    told = (made.parent / "told").read_text("utf-8")
    public = made.with_name("m-01.key.public").read_text("utf-8")
    for secret in secrets_of(made):
        assert secret.lower() not in (told + public).lower()
    assert json.loads(told)["pseudonym"] == "m-01"
    assert json.loads(told)["recipient"].startswith("age1pq1")


def test_a_key_file_is_its_owners_alone(made: Path) -> None:
    assert made.stat().st_mode & 0o077 == 0


def test_show_tells_what_new_told(made: Path) -> None:
    words = made.parent / "words"
    shown = run("show", made, "--passphrase-file", words, "--json")
    assert shown.exit_code == 0
    told = json.loads((made.parent / "told").read_text("utf-8"))
    assert json.loads(shown.stdout)["fingerprint"] == told["fingerprint"]
    plain = run("show", made, "--passphrase-file", words).stdout
    assert told["fingerprint"] in plain
    assert not [secret for secret in secrets_of(made) if secret.lower() in plain.lower()]


def test_the_exported_key_is_the_one_in_the_file_and_comes_with_a_warning(made: Path) -> None:
    result = run("export-age", made, "--out", "-", "--passphrase-file", made.parent / "words")
    lines = result.stdout.splitlines()
    told = json.loads((made.parent / "told").read_text("utf-8"))
    assert Identity.from_text(lines[-1]).recipient.to_text() == told["recipient"]
    assert "WARNING" in result.stderr


def test_an_exported_file_is_its_owners_alone_and_replaces_nothing(made: Path, tmp_path: Path) -> None:
    out = tmp_path / "m.age"
    arguments = ("export-age", made, "--out", out, "--passphrase-file", made.parent / "words")
    assert run(*arguments).exit_code == 0
    assert out.stat().st_mode & 0o077 == 0
    assert "already" in refusal(run(*arguments), InputRefused)


def test_a_root_signs_only_and_is_not_exported(tmp_path: Path, words: Path) -> None:
    root = tmp_path / "root.key"
    made = run("new", "--kind", "root", "--out", root, "--passphrase-file", words, "--light", "--json")
    assert len(json.loads(made.stdout)["root"]) == 64
    result = run("export-age", root, "--out", "-", "--passphrase-file", words)
    assert "root key" in refusal(result, KeyRefused)


def test_another_passphrase_is_refused_in_a_sentence(made: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("nothing like it", encoding="utf-8")
    wrong.chmod(0o600)
    said = refusal(run("show", made, "--passphrase-file", wrong), KeyRefused)
    assert "passphrase" in said
    assert "nothing like it" not in said


def test_an_existing_file_is_never_written_over(made: Path) -> None:
    before = made.read_bytes()
    arguments = ("--kind", "identity", "--pseudonym", "m-02", "--out", made)
    result = run("new", *arguments, "--passphrase-file", made.parent / "words", "--light")
    assert "already" in refusal(result, InputRefused)
    assert made.read_bytes() == before


@pytest.mark.parametrize("pseudonym", ["", "Ганна", "M-01", "-x", "a" * 33, "recovery"])
def test_a_pseudonym_is_plain(tmp_path: Path, words: Path, pseudonym: str) -> None:
    out = tmp_path / "k.key"
    arguments = ("--kind", "identity", "--pseudonym", pseudonym, "--out", out)
    refusal(run("new", *arguments, "--passphrase-file", words, "--light"), InputRefused)
    assert not out.exists()


def test_the_organisations_keys_have_no_pseudonym(tmp_path: Path, words: Path) -> None:
    arguments = ("--kind", "recovery", "--pseudonym", "m-01", "--out", tmp_path / "r.key")
    refusal(run("new", *arguments, "--passphrase-file", words, "--light"), InputRefused)


def test_a_short_passphrase_makes_no_key(tmp_path: Path, words: Path) -> None:
    words.write_text("short", encoding="utf-8")
    arguments = ("--kind", "root", "--out", tmp_path / "r.key", "--passphrase-file", words, "--light")
    said = refusal(run("new", *arguments), PassphraseRefused)
    assert "12" in said
    assert not (tmp_path / "r.key").exists()


def test_without_a_terminal_the_passphrase_file_is_named(tmp_path: Path) -> None:
    said = refusal(run("new", "--kind", "root", "--out", tmp_path / "r.key", "--light"), PassphraseRefused)
    assert "--passphrase-file" in said


@pytest.mark.parametrize("file", ["nothing.key", "words"])
def test_what_is_no_key_file_is_refused_in_a_sentence(tmp_path: Path, words: Path, file: str) -> None:
    result = run("show", tmp_path / file, "--passphrase-file", words)
    said = refusal(result, (InputRefused if file == "nothing.key" else KeyRefused))
    assert file in said


def test_a_missing_key_file_is_named_before_a_passphrase_is_asked_for(tmp_path: Path) -> None:
    assert "nothing.key" in refusal(run("show", tmp_path / "nothing.key"), InputRefused)


def test_a_public_file_changed_on_its_way_is_recognised(made: Path, tmp_path: Path) -> None:
    content = json.loads(made.with_name("m-01.key.public").read_text("utf-8"))
    assert read_public_keys(made.with_name("m-01.key.public"), kind="identity").kind == "identity"
    path = tmp_path / "changed.public"
    for changed in ({**content, "pseudonym": "m-02"}, {**content, "identity": "00" * 32}, [content], {}):
        path.write_text(json.dumps(changed), encoding="utf-8")
        with pytest.raises(InputRefused):
            read_public_keys(path, kind="identity")


def test_a_public_file_of_another_kind_is_named(made: Path) -> None:
    with pytest.raises(InputRefused, match="kind identity"):
        read_public_keys(made.with_name("m-01.key.public"), kind="recovery")
