"""What `vestka doctor` looks at: one function per subject, each finding with a remedy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one subject, and what to do about it (empty when all is well).

    `value` is the thing itself where a script may want it.
    """

    subject: str
    grade: Grade
    words: str
    remedy: str = ""
    value: str = ""
