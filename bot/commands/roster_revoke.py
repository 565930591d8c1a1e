"""`vestka roster revoke`: take a member out for good, and say what their key could open."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.keys import AsJson, PassphraseFile
from bot.commands.roster_file import (
    Pseudonym,
    RosterFile,
    Threshold,
    read_roots,
    read_roster,
    today,
    write_draft,
)
from bot.errors import InputRefused
from bot.exposure import Exposure, examine, keys_of, spell_exposure
from bot.keys.files import read_bytes, write_new
from bot.keys.holder import read_identities
from bot.keys.roster_edits import drop_member
from bot.keys.sealed_files import find_objects
from storage.sealing import VerifiedRoster, verify_roster

Files = Annotated[
    list[Path] | None,
    typer.Option("--sealed", "--digest", readable=False, help="A digest or CODE.age. May be repeated."),
]


def revoke(  # noqa: PLR0913, PLR0917 - Typer passes options by name
    file: RosterFile,
    pseudonym: Pseudonym,
    sealed: Files = None,
    key: Annotated[Path | None, typer.Option(readable=False, help="Your key, to look into digests.")] = None,
    root: Annotated[list[str] | None, typer.Option(help="Root, as for `roster check`.")] = None,
    threshold: Threshold = 1,
    history: Annotated[
        list[Path] | None, typer.Option(help="An earlier signed roster. May be repeated.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="A new file for what that key could open.")] = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Take a member out, and list which sealed objects their key could open. What was copied stays copied.

    Example: vestka roster revoke roster.json m-04 --digest digest-2026-11-23.age --key m-01.key \\
      --root root.key.public --history roster.7.json --report exposure-m-04.txt
    """
    roster = read_roster(file)
    left = drop_member(roster, pseudonym)
    exposure = None
    if sealed:
        rosters = _history([file, *(history or [])], root or [], threshold)
        identities = read_identities(key, passphrase_file) if key else []
        keys = keys_of(pseudonym, [roster, *rosters])
        exposure = examine(find_objects(sealed, identities), keys, rosters)
    if exposure is not None and report is not None:
        write_new(report, spell_exposure(exposure, pseudonym, on=today()).encode())
    write_draft(file, left)
    _tell(exposure, pseudonym, report, as_json=as_json)


def _history(files: Sequence[Path], root: Sequence[str], threshold: int) -> list[VerifiedRoster]:
    """The rosters that count. The draft itself does only if it is signed."""
    if not root:
        raise InputRefused("To say what the key could open, rosters must be believed: give --root.")
    roots, draft, *earlier = read_roots(root), *files
    documents = [read_bytes(path) for path in earlier]
    if read_roster(draft).signatures:
        documents.append(read_bytes(draft))
    return [verify_roster(each, roots=roots, threshold=threshold) for each in documents]


def _tell(exposure: Exposure | None, pseudonym: str, report: Path | None, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"revoked": pseudonym} | (exposure.to_json() if exposure else {}), sort_keys=True))
        return
    print(f"{pseudonym} is out of the roster, as soon as it is signed and installed.")
    print("Until then, two moderators can suspend them in the chat: /suspend " + pseudonym)
    if exposure is None:
        print("No report on what their key could open: give the digests with --digest to have one.")
        return
    print(
        f"Their key could open {len(exposure.exposed)} of the objects given; for {len(exposure.unknown)} it "
        f"cannot be ruled out; {exposure.safe} it could not open."
    )
    if report is not None:
        print(f"Listed in {report}.")
    print(
        "What was copied stays copied. `vestka reseal make` keeps them from opening what lies on the server."
    )
