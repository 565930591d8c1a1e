"""The secrets file opens with its passphrase, is never half written and never overwritten by mistake."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from storage.errors import SecretsRefused
from storage.operator import OperatorSecrets, load, save
from storage.sealing.keyfile import FLOOR, lock

PASSPHRASE = "правильна конь батарэя"
SECRETS = OperatorSecrets(
    signing_seed=b"\x01" * 32,
    case_key=b"\x02" * 32,
    telegram_token="8589934592:AAcanaryTokenOfNobody",
    telegram_group="-1008589934592",
    roster=b'{"made":"2026-11-23"}',
    roster_serial=3,
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("secrets") / "secrets.vkf"
    save(path, SECRETS, passphrase=PASSPHRASE, cost=FLOOR)
    return path


def test_what_was_saved_is_loaded(written: Path) -> None:
    assert load(written, PASSPHRASE) == SECRETS


def test_the_file_is_ours_alone_and_nothing_lies_beside_it(written: Path) -> None:
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert list(written.parent.iterdir()) == [written]


def test_the_file_shows_no_secret(written: Path) -> None:
    data = written.read_bytes()
    for secret in (b"AAcanary", b"8589934592", SECRETS.case_key, SECRETS.signing_seed, b"2026-11-23"):
        assert secret not in data
        assert secret.hex().encode() not in data


def test_a_wrong_passphrase_is_refused_in_plain_words(written: Path) -> None:
    with pytest.raises(SecretsRefused, match="passphrase") as refused:
        load(written, "няправільная")
    assert "няправільная" not in str(refused.value)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SecretsRefused, match="vestka init"):
        load(tmp_path / "secrets.vkf", PASSPHRASE)


def test_a_cut_file_is_refused(written: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.vkf"
    path.write_bytes(written.read_bytes()[:-1])
    with pytest.raises(SecretsRefused):
        load(path, PASSPHRASE)


def test_an_existing_file_is_never_overwritten_by_mistake(written: Path) -> None:
    before = written.read_bytes()
    with pytest.raises(SecretsRefused, match="not overwritten"):
        save(written, SECRETS, passphrase=PASSPHRASE, cost=FLOOR)
    assert written.read_bytes() == before


def test_replacing_on_purpose_keeps_the_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "secrets.vkf"
    save(path, SECRETS, passphrase=PASSPHRASE, cost=FLOOR)
    changed = replace(SECRETS, roster_serial=4)
    save(path, changed, passphrase=PASSPHRASE, cost=FLOOR, replace=True)
    assert load(path, PASSPHRASE) == changed
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "identity"}, "not an operator"),
        ({"v": 2}, "not an operator"),
        ({"colour": "canary"}, "colour"),
        ({"roster_serial": "3"}, "damaged"),
        ({"case_key": "00"}, "wrong length"),
        ({"case_key": "zz"}, "damaged"),
        ({"case_key": None}, "damaged"),
    ],
)
def test_strange_contents_are_refused_without_showing_them(
    tmp_path: Path, change: dict[str, object], words: str
) -> None:
    content = {"kind": "operator", "v": 1, "signing_seed": "01" * 32, "case_key": "02" * 32}
    kept = {name: value for name, value in {**content, **change}.items() if value is not None}
    path = tmp_path / "strange.vkf"
    path.write_bytes(lock(kept, PASSPHRASE, cost=FLOOR))
    with pytest.raises(SecretsRefused, match=words) as refused:
        load(path, PASSPHRASE)
    assert "canary" not in str(refused.value)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SecretsRefused, match="cannot be written"):
        save(tmp_path / "nowhere" / "secrets.vkf", SECRETS, passphrase=PASSPHRASE, cost=FLOOR)


def test_an_empty_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SecretsRefused, match="empty"):
        save(tmp_path / "secrets.vkf", SECRETS, passphrase=" ", cost=FLOOR)
    assert list(tmp_path.iterdir()) == []


def test_no_repr_shows_a_secret() -> None:
    assert repr(SECRETS) == "OperatorSecrets()"


def test_fresh_secrets_differ() -> None:
    one, other = OperatorSecrets.generate(), OperatorSecrets.generate()
    assert one.case_key != other.case_key
    assert one.signing_seed != one.case_key
