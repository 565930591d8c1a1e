"""Who agreed to what, and what may therefore be shown: said apart from the product's own table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from handlers.sharing.consent import Purpose
from tests.handlers.sharing.samples import make_report

# Which canaries a purpose may show, said here in words and apart from the product's own table.
NAMES, FATHER = ("Ян", "Прыклад"), ("Узоравіч",)
OWN_WORDS = ("словы-асобы", "словы-даты", "словы-месца", "словы-установы", "гісторыя", "нататка")
CEILING = {
    Purpose.KEEP: NAMES + FATHER + OWN_WORDS,
    Purpose.UN: NAMES + FATHER,
    Purpose.PARTNERS: NAMES + FATHER,
    Purpose.PUBLISH: NAMES,
    Purpose.STATS: (),
}
EVERY = NAMES + FATHER + OWN_WORDS


def report_of(number: int, person: dict[str, Any]) -> dict[str, Any]:
    flags = {name: person[name] for name in ("publish_block", "un_block") if person[name] is not None}
    return make_report(
        number,
        choices=person["choices"],
        flags=flags,
        mark=f"-канарэйка{number}-",
        birth_year=2011 if person["child"] else 1990,
        is_minor=person["child"],
    )


def agreed(person: dict[str, Any], purpose: Purpose) -> bool:
    given_away = "c_none" not in person["choices"] and f"c_{purpose}" in person["choices"]
    if purpose is Purpose.KEEP:
        return True
    if purpose is Purpose.UN:
        return given_away and not person["un_block"]
    if purpose is Purpose.PUBLISH:
        return given_away and not person["publish_block"] and not person["child"]
    return given_away


def wrongs(text: str, crowd: Sequence[dict[str, Any]], purpose: Purpose, *, rows: bool) -> Iterable[str]:
    """Canaries that are shown and must not be, or must be and are not."""
    for number, person in enumerate(crowd):
        allowed = CEILING[purpose] if agreed(person, purpose) else ()
        for word in EVERY:
            shown = f"{word}-канарэйка{number}-" in text
            if shown and word not in allowed:
                yield f"{word} {number} leaked for {purpose}"
            if rows and not shown and word in allowed:
                yield f"{word} {number} is missing for {purpose}"
