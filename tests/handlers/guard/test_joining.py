"""Only the account that a link was made for comes in by it, and only while the roster says so."""

from __future__ import annotations

from handlers.guard.facts import Validity, Vetted
from handlers.guard.joining import may_enter
from tests.tables import each


@each(
    [
        ("m-07", "7", Validity.VALID, True),
        ("m-07", "8", Validity.VALID, False),  # another member's account
        ("m-07", "666", Validity.VALID, False),
        ("", "7", Validity.VALID, False),  # by a link that others made
        ("m-09", "7", Validity.VALID, False),
        ("m-07", "7", Validity.SUSPENDED, False),
        ("m-07", "7", Validity.EXPIRED, False),
        ("m-07", "7", Validity.EARLY, False),
    ]
)
def test_a_link_lets_in_its_own_entry_only(
    entry: str, account: str, validity: Validity, enters: bool
) -> None:
    roster = (Vetted("m-07", "7", validity), Vetted("m-08", "8"))
    assert may_enter(roster, entry, account) is enters
