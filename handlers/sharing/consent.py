"""Consent per field: a field leaves only if its purpose was agreed to and no block stands. The default is no.

Source: domain model, 2.3 (consent and blocks) and 6.6 (who may receive what).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

CHOICES = ("c_contact", "c_un", "c_partners", "c_publish", "c_stats")
_CHILD_GROUPS = frozenset({"0-13", "14-17"})
_ADULT = 18


class Purpose(StrEnum):
    """What an export is made for."""

    KEEP = "keep"  # inside: the holders of keys, who may see everything
    UN = "un"
    PARTNERS = "partners"
    PUBLISH = "publish"
    STATS = "stats"  # counts only, never a row


class Sensitivity(StrEnum):
    """How far an answer may travel at most; the country pack says it for every question."""

    PUBLIC = "public"
    SUMMARY = "summary"
    SEALED = "sealed"


_NEEDS = {
    Purpose.UN: "c_un",
    Purpose.PARTNERS: "c_partners",
    Purpose.PUBLISH: "c_publish",
    Purpose.STATS: "c_stats",
}
_REACH = {
    Purpose.UN: frozenset({Sensitivity.PUBLIC, Sensitivity.SUMMARY}),
    Purpose.PARTNERS: frozenset({Sensitivity.PUBLIC, Sensitivity.SUMMARY}),
    Purpose.PUBLISH: frozenset({Sensitivity.PUBLIC}),
    Purpose.STATS: frozenset[Sensitivity](),
}


@dataclass(frozen=True, slots=True)
class Consents:
    """What the reporter agreed to, and the blocks that stand above it."""

    choices: frozenset[str] = frozenset()
    publish_block: bool = False
    un_block: bool = False
    minor: bool = False


def read_consents(report: Mapping[str, Any], *, age_group: str = "") -> Consents:
    """The consents of one opened report. What is missing or malformed counts as no, a doubtful block as yes.

    `age_group` is the one the card shows; "0-13" and "14-17" are under age whatever the report says.
    """
    flags = _mapping(report.get("flags"))
    return Consents(
        choices=_choices(_mapping(report.get("consent")).get("choices")),
        publish_block=_stands(flags.get("publish_block")),
        un_block=_stands(flags.get("un_block")),
        minor=age_group in _CHILD_GROUPS or _is_minor(report),
    )


def row_leaves(consents: Consents, purpose: Purpose) -> bool:
    """Whether anything about this person may appear in an export for `purpose`."""
    if purpose is Purpose.KEEP:
        return True
    if purpose is Purpose.UN and consents.un_block:
        return False
    if purpose is Purpose.PUBLISH and (consents.publish_block or consents.minor):
        return False
    return _NEEDS[purpose] in consents.choices


def field_leaves(sensitivity: Sensitivity, purpose: Purpose) -> bool:
    """Whether a field of this sensitivity may appear once its row may."""
    return purpose is Purpose.KEEP or sensitivity in _REACH[purpose]


def _choices(value: object) -> frozenset[str]:
    given = {item for item in value if isinstance(item, str)} if isinstance(value, list) else set()
    return frozenset() if "c_none" in given else frozenset(given & set(CHOICES))


def _stands(flag: object) -> bool:
    return flag not in (None, False, "no")


def _is_minor(report: Mapping[str, Any]) -> bool:
    derived, answers = _mapping(report.get("derived")), _mapping(report.get("answers"))
    urgent = _mapping(answers.get("urgent_flags")).get("value")
    person = _mapping(_mapping(answers.get("person")).get("value"))
    ages = (derived.get("age_at_detention"), person.get("age"))
    return (
        _stands(derived.get("is_minor"))
        or (isinstance(urgent, list) and "minor" in urgent)
        or any(type(age) is int and age < _ADULT for age in ages)
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
