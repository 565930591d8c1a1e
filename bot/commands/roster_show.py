"""A roster for people and for scripts. Accounts only on request: a screen may be looked at."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from bot.keys.public import member_keys, recovery_keys
from storage.sealing import Member, Roster


def describe(roster: Roster, *, on: date, with_accounts: bool) -> dict[str, Any]:
    """The roster as JSON values; `valid_today` of each member is meant for the day `on`."""
    return {
        "organisation": roster.organisation,
        "serial": roster.serial,
        "made": roster.made.isoformat(),
        "recovery": recovery_keys(roster.recovery).fingerprint if roster.recovery else None,
        "signed_by": [each.root.hex() for each in roster.signatures],
        "members": [_member(member, on=on, with_accounts=with_accounts) for member in roster.members],
    }


def report(described: dict[str, Any], *, as_json: bool) -> None:
    """Print what `describe` gave."""
    if as_json:
        print(json.dumps(described, ensure_ascii=False, sort_keys=True))
        return
    signed = ", ".join(root[:16] for root in described["signed_by"]) or "nobody yet"
    print(f"{described['organisation']}, serial {described['serial']}, of {described['made']}")
    print(f"signed by root: {signed}")
    print(f"recovery key:   {described['recovery'] or 'none (strict mode)'}")
    if described.get("valid"):
        print("check:          valid")
    _table(described["members"])


def _member(member: Member, *, on: date, with_accounts: bool) -> dict[str, Any]:
    accounts = dict(member.accounts) if with_accounts else sorted(member.accounts)
    keys = member_keys(member.pseudonym, member.recipient, member.identity_key)
    return {
        "pseudonym": member.pseudonym,
        "role": member.role,
        "accounts": accounts,
        "since": member.not_before.isoformat(),
        "until": member.expires.isoformat(),
        "suspended": member.suspended,
        "valid_today": member.is_valid(on),
        "fingerprint": keys.fingerprint,
        "words": keys.words,
        "vouchers": [each.by for each in member.vouchers],
    }


def _table(members: list[dict[str, Any]]) -> None:
    """As wide as a terminal of 80 columns: nothing that is to be checked may be cut off."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for head in ("member", "accounts", "days", "vouchers", "fingerprint"):
        table.add_column(head, overflow="fold")
    for member in members:
        state = "suspended" if member["suspended"] else "valid" if member["valid_today"] else "not valid"
        accounts = member["accounts"]
        shown = (
            [f"{net}={name}" for net, name in accounts.items()] if isinstance(accounts, dict) else accounts
        )
        cells = (
            (member["pseudonym"], member["role"], state),
            shown,
            (member["since"], member["until"]),
            member["vouchers"],
            (member["fingerprint"],),
        )
        table.add_row(*("\n".join(cell) for cell in cells), end_section=True)
    Console().print(table)
