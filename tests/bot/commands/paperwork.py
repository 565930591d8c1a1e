"""What an operator brings to `vestka init`: keys, a signed roster, a token, answers. All of it invented."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.settings_file import spell_settings
from storage.operator import OperatorSecrets, save
from storage.sealing import FLOOR, Identity, Member, Recipient, Roster, SigningKey, sign_roster, vouch

TOKEN = "8589934592:AAcanary-token-of-nobody-at-all-0"
GROUP = "-1008589934592"
WORDS = "сем выпадковых слоў для праверкі"
ROOT = SigningKey.from_seed(bytes([7]) * 32)
ORGANISATION = "Узорны цэнтр"
STRANGER = SigningKey.from_seed(bytes([8]) * 32)
RECOVERY = Identity.from_seed(bytes([9]) * 32)
TODAY = datetime.now(UTC).date()
SECRETS_OF_ALL = (TOKEN, TOKEN.partition(":")[2], GROUP, WORDS, "100200300")


def member(number: int = 1, *, expires: date | None = None) -> Member:
    """m-01, m-02 …"""
    return Member(
        pseudonym=f"m-{number:02}",
        accounts={"telegram": f"10020030{number - 1}"},
        recipient=Identity.from_seed(bytes([number]) * 32).recipient,
        identity_key=SigningKey.from_seed(bytes([number + 100]) * 32).public,
        role="lead",
        not_before=TODAY - timedelta(days=1),
        expires=expires or TODAY + timedelta(days=90),
    )


def vouched(newcomer: Member, *givers: int) -> Member:
    """Somebody for whom these members stand up."""
    keys = {giver: SigningKey.from_seed(bytes([giver + 100]) * 32) for giver in givers}
    given = [vouch(newcomer, ORGANISATION, by=f"m-{giver:02}", key=key) for giver, key in keys.items()]
    return replace(newcomer, vouchers=tuple(each for each in given if each.by != newcomer.pseudonym))


def roster(
    *, serial: int = 1, key: SigningKey | None = ROOT, members: Iterable[Member] | None = None,
    recovery: Recipient | None = RECOVERY.recipient, organisation: str = ORGANISATION,
) -> bytes:  # fmt: skip
    """A roster document, signed by the root unless told otherwise."""
    listed = (member(),) if members is None else tuple(members)
    draft = Roster(organisation, serial=serial, made=TODAY, members=listed, recovery=recovery)
    return draft.to_bytes() if key is None else sign_roster(draft, [key])


ALTERED = roster().replace(b'"role":"lead"', b'"role":"moderator"')


@dataclass
class Paperwork:
    """A folder with everything; `answers` is written as TOML by `put`."""

    folder: Path
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """Where the instance comes to live."""
        return self.folder / "instance"

    @property
    def settings(self) -> Path:
        return self.home / "vestka.toml"

    @property
    def passphrase(self) -> Path:
        return self.folder / "words.txt"

    def put(self, **changes: Any) -> Path:
        """Write the answers file; a change to None takes a key out."""
        told = {key: value for key, value in (self.answers | changes).items() if value is not None}
        path = self.folder / "answers.toml"
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in told.items()]
        path.write_text("\n".join(lines), "utf-8")
        return path

    def arguments(self, *more: str, **changes: Any) -> list[str]:
        """The command line of `vestka init`."""
        return ["init", "--folder", str(self.home), "--answers", str(self.put(**changes)), *more]


def bring(folder: Path, *, token: str = TOKEN, group: str = GROUP, **answers: Any) -> Paperwork:
    """Write every file that the answers name."""
    for name, content in (("words.txt", WORDS), ("token.txt", f"{token}\n")):
        (folder / name).write_text(content, "utf-8")
        (folder / name).chmod(0o600)
    (folder / "roster.json").write_bytes(roster())
    told = {
        "root": ROOT.public.hex(),
        "group": group,
        "token_file": "token.txt",
        "roster": "roster.json",
        "passphrase_file": "words.txt",
        "language": "en",
        "runtime": "runtime",
        "allow_disk_runtime": True,  # on whatever disk the tests run
    }
    return Paperwork(folder, told | answers)


def furnish(
    folder: Path, *, api_root: str, token: str = TOKEN, group: str = GROUP, **secrets: Any
) -> Paperwork:
    """An instance as `vestka init` leaves it, made without the command."""
    papers = bring(folder, token=token, group=group, api_root=api_root)
    papers.home.mkdir()
    told = papers.answers
    places = {key: told[key] for key in ("runtime", "allow_disk_runtime")}
    table = {
        "organisation": {"roots": [ROOT.public.hex()]},
        "places": places,
        "telegram": {"api_root": api_root, "long_poll_seconds": 30},
        "team": {"language": "en"},
    }
    papers.settings.write_text(spell_settings(table), "utf-8")
    write_secrets(papers, telegram_token=token, telegram_group=group, **secrets)
    return papers


def write_secrets(papers: Paperwork, **told: Any) -> None:
    """The secrets file with what is told, and what is usual besides."""
    content: dict[str, Any] = {
        "signing_seed": bytes(32),
        "case_key": bytes(32),
        "telegram_token": TOKEN,
        "telegram_group": GROUP,
        "roster": roster(),
        "roster_serial": 1,
    }
    path = papers.home / "secrets.vkf"
    path.write_bytes(_locked(OperatorSecrets(**(content | told))))
    path.chmod(0o600)


@cache
def _locked(secrets: OperatorSecrets) -> bytes:
    """One secrets file of each content a run: a passphrase costs half a second even at the floor."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "secrets.vkf"
        save(path, secrets, passphrase=WORDS, cost=FLOOR)
        return path.read_bytes()
