"""One vetted person of the roster, and how a person is spelt in it (docs/format.md, 6.1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from storage.sealing import canonical
from storage.sealing.errors import BadKeyText
from storage.sealing.recipients import Recipient

ROLES = ("moderator", "coordinator", "lead")
RECOVERY_NAME = "recovery"
"""How the recovery key is listed in the hash of a sealing set; nobody's pseudonym."""

_PSEUDONYM = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_FIELDS = frozenset(("accounts", "exp", "ik", "mod", "nbf", "pk", "role", "suspended", "vouchers"))
_MOST_VOUCHERS = 8


@dataclass(frozen=True, slots=True)
class Voucher:
    """Somebody of the team stands up for a member: who (a pseudonym), and their Ed25519 signature."""

    by: str
    sig: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Member:
    """A moderator, coordinator or lead under a pseudonym.

    Args:
        pseudonym: `m-07`, the only name that chats and logs see.
        accounts: network name to the account there; never shown in a repr.
        recipient: what reports are sealed to.
        identity_key: Ed25519 public key, 32 bytes.
        not_before, expires: first and last valid day.
        vouchers: of whom this person came in by; none for those who founded the team.
    """

    pseudonym: str
    accounts: Mapping[str, str] = field(repr=False)
    recipient: Recipient
    identity_key: bytes
    role: str
    not_before: date
    expires: date
    suspended: bool = False
    vouchers: tuple[Voucher, ...] = ()

    def is_valid(self, on: date) -> bool:
        """Whether this person may read and act on that day; the last day counts."""
        return not self.suspended and self.not_before <= on <= self.expires

    def vouched_bytes(self, organisation: str) -> bytes:
        """What a voucher signs: who it is, and as what. Days are left out, so that renewing asks nobody."""
        return canonical.dump({**self._person(), "org": organisation, "v": 1})

    def to_json(self) -> dict[str, object]:
        """The member as the roster document spells it."""
        return {
            **self._person(),
            "exp": self.expires.isoformat(),
            "nbf": self.not_before.isoformat(),
            "suspended": self.suspended,
            "vouchers": [{"by": each.by, "sig": each.sig.hex()} for each in self.vouchers],
        }

    def _person(self) -> dict[str, object]:
        return {
            "accounts": dict(self.accounts),
            "ik": self.identity_key.hex(),
            "mod": self.pseudonym,
            "pk": self.recipient.to_text(),
            "role": self.role,
        }


def member_from_json(content: object) -> Member:
    """Read a member.

    Raises:
        ValueError: a sentence that names what is wrong, without naming an account.
    """
    if not isinstance(content, dict) or content.keys() != _FIELDS:
        raise ValueError(f"a member has exactly the fields {', '.join(sorted(_FIELDS))}")
    mod, role, suspended = content["mod"], content["role"], content["suspended"]
    if not isinstance(mod, str) or not _PSEUDONYM.fullmatch(mod) or mod == RECOVERY_NAME:
        raise ValueError("a pseudonym is up to 32 small letters, digits and hyphens, like m-07")
    if role not in ROLES or not isinstance(suspended, bool):
        raise ValueError(f"{mod}: the role is one of {', '.join(ROLES)}, and suspended is true or false")
    return Member(
        pseudonym=mod,
        accounts=_read_accounts(mod, content["accounts"]),
        recipient=read_recipient(mod, content["pk"]),
        identity_key=read_hex(mod, content["ik"], size=32),
        role=str(role),
        not_before=read_day(mod, content["nbf"]),
        expires=read_day(mod, content["exp"]),
        suspended=suspended,
        vouchers=_read_vouchers(mod, content["vouchers"]),
    )


def read_recipient(owner: str, text: object) -> Recipient:
    """A sealing key in text form; ValueError names its owner."""
    try:
        return Recipient.from_text(str(text))
    except BadKeyText as error:
        raise ValueError(f"{owner}: {error}") from None


def read_hex(owner: str, text: object, *, size: int) -> bytes:
    """`size` bytes in lower-case hex; ValueError names their owner."""
    if isinstance(text, str) and re.fullmatch(f"[0-9a-f]{{{size * 2}}}", text):
        return bytes.fromhex(text)
    raise ValueError(f"{owner}: a key or signature is not {size} bytes of hex")


def read_day(owner: str, text: object) -> date:
    """A day written 2026-11-23; ValueError names its owner."""
    if isinstance(text, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise ValueError(f"{owner}: a day is written like 2026-11-23")


def _read_accounts(owner: str, content: object) -> dict[str, str]:
    if isinstance(content, dict) and all(isinstance(value, str) and value for value in content.values()):
        return content
    raise ValueError(f"{owner}: accounts map a network's name to an account, both as text")


def _read_vouchers(owner: str, content: object) -> tuple[Voucher, ...]:
    if not isinstance(content, list) or len(content) > _MOST_VOUCHERS:
        raise ValueError(f"{owner}: vouchers are a list of at most {_MOST_VOUCHERS}")
    read = tuple(_read_voucher(owner, each) for each in content)
    if len({each.by for each in read} - {owner}) < len(read):
        raise ValueError(f"{owner}: a voucher is given once, by somebody else")
    return read


def _read_voucher(owner: str, content: object) -> Voucher:
    if not isinstance(content, dict) or content.keys() != {"by", "sig"}:
        raise ValueError(f"{owner}: a voucher names who gave it and holds a signature")
    if not isinstance(content["by"], str) or not _PSEUDONYM.fullmatch(content["by"]):
        raise ValueError(f"{owner}: a voucher names who gave it by pseudonym")
    return Voucher(content["by"], read_hex(owner, content["sig"], size=64))
