"""From keys to a signed roster, as a coordinator types it; and every slip of the pen on that way."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.commands.roster import app
from bot.errors import InputRefused, KeyRefused
from bot.keys.files import write_new
from bot.keys.public import public_keys
from storage.sealing import (
    FLOOR,
    Identity,
    IdentityKey,
    Key,
    RecoveryKey,
    RootKey,
    RosterRefused,
    SigningKey,
    lock,
    verify_roster,
)

WORDS = "сем выпадковых слоў для праверкі"
ACCOUNT = "telegram=100200300"
ROOT = RootKey(SigningKey.from_seed(bytes([7]) * 32))
RECOVERY = RecoveryKey(Identity.from_seed(bytes([9]) * 32))
TODAY = datetime.now(UTC).date()

Run = Callable[..., Result]


def member(number: int) -> IdentityKey:
    seeds = (bytes([number]) * 32, bytes([number + 100]) * 32)
    return IdentityKey(f"m-{number:02}", Identity.from_seed(seeds[0]), SigningKey.from_seed(seeds[1]))


def hand_over(folder: Path, key: Key, name: str) -> Path:
    path = folder / f"{name}.public"
    write_new(path, json.dumps(public_keys(key).to_json()).encode())
    return path


@pytest.fixture(scope="module")
def root_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root key file at the lowest cost allowed; its passphrase lies beside it."""
    folder = tmp_path_factory.mktemp("root")
    write_new(folder / "root.key", lock(ROOT.to_content(), WORDS, cost=FLOOR))
    write_new(folder / "words", WORDS.encode())
    hand_over(folder, ROOT, "root.key")
    return folder / "root.key"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`vestka roster COMMAND roster.json …`"""

    def call(command: str, *arguments: object) -> Result:
        line = [command, str(tmp_path / "roster.json"), *map(str, arguments)]
        return CliRunner().invoke(app, line)

    return call


@pytest.fixture
def drafted(run: Run, tmp_path: Path) -> Path:
    """A roster of one member, not signed."""
    recovery = hand_over(tmp_path, RECOVERY, "recovery.key")
    assert run("new", "--organisation", "Узорны цэнтр", "--recovery", recovery).exit_code == 0
    public = hand_over(tmp_path, member(1), "m-01.key")
    assert run("add", "--public", public, "--account", ACCOUNT, "--role", "lead").exit_code == 0
    return tmp_path / "roster.json"


def sign(run: Run, root_file: Path) -> Result:
    return run("sign", "--root", root_file, "--passphrase-file", root_file.parent / "words")


def shown(run: Run, *more: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(run("show", "--json", *more).stdout)
    return content


def refusal(result: Result, kind: type[Exception]) -> str:
    assert result.exit_code != 0
    assert isinstance(result.exception, kind)
    return str(result.exception)


def test_a_roster_is_drafted_signed_and_obeyed(run: Run, drafted: Path, root_file: Path) -> None:
    result = sign(run, root_file)
    assert result.exit_code == 0, result.exception
    verified = verify_roster(drafted.read_bytes(), roots=[ROOT.signing.public])
    found = verified.member_by_account("telegram", "100200300", TODAY)
    assert found
    assert (found.pseudonym, found.role) == ("m-01", "lead")
    assert found.expires == TODAY + timedelta(days=90)
    assert verified.recovery == RECOVERY.identity.recipient


def test_check_agrees_with_the_bot(run: Run, drafted: Path, root_file: Path) -> None:
    assert drafted.exists()
    sign(run, root_file)
    by_file = run("check", "--root", f"{root_file}.public", "--json")
    assert by_file.exit_code == 0
    assert json.loads(by_file.stdout)["valid"]
    assert run("check", "--root", ROOT.signing.public.hex()).exit_code == 0


def test_an_unsigned_roster_is_refused(run: Run, drafted: Path) -> None:
    assert drafted.exists()
    assert "signatures" in refusal(run("check", "--root", ROOT.signing.public.hex()), RosterRefused)


def test_an_altered_roster_is_refused(run: Run, drafted: Path, root_file: Path) -> None:
    sign(run, root_file)
    drafted.write_bytes(drafted.read_bytes().replace(b'"role":"lead"', b'"role":"moderator"'))
    assert "changed after" in refusal(run("check", "--root", ROOT.signing.public.hex()), RosterRefused)


def test_a_change_takes_the_signature_away_and_the_serial_grows(
    run: Run, drafted: Path, root_file: Path
) -> None:
    assert drafted.exists()
    assert shown(run)["serial"] == 1
    sign(run, root_file)
    assert run("suspend", "m-01").exit_code == 0
    changed = shown(run)
    assert (changed["serial"], changed["signed_by"]) == (2, [])
    assert changed["members"][0]["suspended"]
    assert run("suspend", "m-01", "--undo").exit_code == 0
    assert shown(run)["serial"] == 2  # was not signed in between
    assert run("revoke", "m-01").exit_code == 0
    assert shown(run)["members"] == []


def test_an_older_serial_is_refused(run: Run, drafted: Path, root_file: Path) -> None:
    assert drafted.exists()
    sign(run, root_file)
    result = run("check", "--root", ROOT.signing.public.hex(), "--newer-than", 1)
    assert "higher serial" in refusal(result, RosterRefused)


def test_a_roster_in_which_nobody_is_valid_fails_the_check(run: Run, drafted: Path, root_file: Path) -> None:
    assert drafted.exists()
    sign(run, root_file)
    late = TODAY + timedelta(days=91)
    result = run("check", "--root", ROOT.signing.public.hex(), "--on", late.isoformat())
    assert "Nobody" in refusal(result, RosterRefused)


def test_accounts_are_shown_on_request_only(run: Run, drafted: Path) -> None:
    assert drafted.exists()
    assert "100200300" not in run("show").stdout + run("show", "--json").stdout
    assert shown(run, "--accounts")["members"][0]["accounts"] == {"telegram": "100200300"}


def test_the_whole_fingerprint_is_shown_on_a_narrow_screen(run: Run, drafted: Path) -> None:
    assert drafted.exists()
    assert public_keys(member(1)).fingerprint in run("show").stdout


def test_the_recovery_key_is_shown_by_the_fingerprint_of_its_own_file(run: Run, drafted: Path) -> None:
    assert drafted.exists()
    assert shown(run)["recovery"] == public_keys(RECOVERY).fingerprint


def test_a_fingerprint_read_out_is_compared(run: Run, drafted: Path, tmp_path: Path) -> None:
    assert drafted.exists()
    public = hand_over(tmp_path, member(2), "m-02.key")
    told = public_keys(member(2)).fingerprint.upper().replace("-", " ")
    arguments = ("--public", public, "--account", "telegram=5")
    assert "another one" in refusal(run("add", *arguments, "--fingerprint", "aaaa-bbbb"), InputRefused)
    assert run("add", *arguments, "--fingerprint", told).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--account", "100200301"), "network=id"),
        (("--account", "telegram=@przyklad"), "number"),
        (("--account", "telegram=1", "--account", "telegram=2"), "twice"),
        (("--account", "telegram=1", "--role", "boss"), "no such role"),
        (("--account", "telegram=1", "--since", "2026-02-02", "--until", "2026-02-01"), "before the first"),
    ],
)
def test_a_slip_in_an_entry_is_named_and_changes_nothing(
    run: Run, drafted: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    before = drafted.read_bytes()
    public = hand_over(tmp_path, member(2), "m-02.key")
    said = refusal(run("add", "--public", public, *arguments), InputRefused)
    assert words in said
    assert "przyklad" not in said
    assert drafted.read_bytes() == before


def test_the_same_account_twice_is_refused_without_naming_it(run: Run, drafted: Path, tmp_path: Path) -> None:
    before = drafted.read_bytes()
    public = hand_over(tmp_path, member(2), "m-02.key")
    said = refusal(run("add", "--public", public, "--account", ACCOUNT), RosterRefused)
    assert "100200300" not in said
    assert drafted.read_bytes() == before


def test_a_pseudonym_is_replaced_on_request_only(run: Run, drafted: Path, tmp_path: Path) -> None:
    assert drafted.exists()
    arguments = ("--public", tmp_path / "m-01.key.public", "--account", "telegram=7")
    assert "--replace" in refusal(run("add", *arguments), InputRefused)
    assert run("add", *arguments, "--replace").exit_code == 0
    assert shown(run, "--accounts")["members"][0]["accounts"] == {"telegram": "7"}


def test_the_recovery_key_cannot_be_a_members_key(run: Run, tmp_path: Path) -> None:
    recovery = hand_over(tmp_path, RECOVERY, "recovery.key")
    run("new", "--organisation", "Узор", "--recovery", recovery)
    twin = IdentityKey("m-03", RECOVERY.identity, member(3).signing)
    public = hand_over(tmp_path, twin, "m-03.key")
    refusal(run("add", "--public", public, "--account", "telegram=3"), RosterRefused)


def test_no_recovery_key_must_be_said_aloud(run: Run) -> None:
    assert "--strict" in refusal(run("new", "--organisation", "Узор"), InputRefused)
    assert run("new", "--organisation", "Узор", "--strict").exit_code == 0


def test_a_new_roster_never_replaces_one_that_is_there(run: Run, drafted: Path) -> None:
    before = drafted.read_bytes()
    assert "already" in refusal(run("new", "--organisation", "Узор", "--strict"), InputRefused)
    assert drafted.read_bytes() == before


def test_another_key_than_the_root_cannot_sign(run: Run, drafted: Path, tmp_path: Path) -> None:
    write_new(tmp_path / "m.key", lock(member(1).to_content(), WORDS, cost=FLOOR))
    write_new(tmp_path / "words", WORDS.encode())
    result = run("sign", "--root", tmp_path / "m.key", "--passphrase-file", tmp_path / "words")
    assert "not a root key" in refusal(result, KeyRefused)
    assert shown(run)["signed_by"] == []
    assert drafted.exists()


@pytest.mark.parametrize("command", ["revoke", "suspend", "renew"])
def test_an_unknown_pseudonym_is_answered_with_the_known_ones(run: Run, drafted: Path, command: str) -> None:
    assert drafted.exists()
    assert "m-01" in refusal(run(command, "m-99"), InputRefused)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"v":1}'])
def test_a_file_that_is_no_roster_is_refused_in_a_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "roster.json").write_bytes(content)
    assert "vestka roster" in refusal(run("show"), RosterRefused)


def test_two_roots_may_sign_one_after_the_other(tmp_path: Path) -> None:
    from bot.keys.public import member_keys
    from bot.keys.roster_edits import Entry, add_member, new_roster
    from bot.keys.roster_edits import sign as sign_draft
    from storage.sealing import Roster

    second, one = SigningKey.from_seed(bytes([8]) * 32), member(1)
    keys = member_keys(one.mod, one.identity.recipient, one.signing.public)
    entry = Entry(keys, ["telegram=1"], "lead", TODAY, TODAY)
    draft = add_member(new_roster("Узор", recovery=None, made=TODAY), entry, replace=False)
    first = sign_draft(draft, ROOT.signing, made=TODAY)
    both = sign_draft(Roster.from_bytes(first), second, made=date(2030, 1, 1))
    roots = [ROOT.signing.public, second.public]
    assert verify_roster(both, roots=roots, threshold=2).serial == 1
    assert tmp_path.exists()
