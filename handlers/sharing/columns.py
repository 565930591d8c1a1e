"""The columns of a table of persons: where each comes from, and how far it may travel.

The table is the whole policy. `ceiling` is the most open use of a column; a column made from a question
never travels further than the question itself, except for the few reductions marked PUBLIC here: a name
(that is what the consent to publish says), the region instead of the place, the day instead of the hour.
Words as they were typed are always SEALED: a story identifies its teller even without a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from handlers.country import read_table
from handlers.sharing.consent import Purpose, Sensitivity, field_leaves

TOWN = "town"
PUBLIC, SUMMARY, SEALED = Sensitivity.PUBLIC, Sensitivity.SUMMARY, Sensitivity.SEALED


class Form(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"  # somebody's own words
    TERM = "term"  # an id from a closed list
    TERMS = "terms"  # several of them
    NUMBER = "number"
    DAY = "day"  # an ISO date, maybe partial
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `labels` are Fluent keys to which a term's id is added; the first that exists is used."""

    id: str
    form: Form
    ceiling: Sensitivity
    labels: tuple[str, ...] = ()


COLUMNS = (
    Column("code", Form.TEXT, SUMMARY),
    Column("level", Form.TERM, SUMMARY, ("digest-level-",)),
    Column("status", Form.TERM, SEALED, ("status-",)),
    Column("claimant", Form.TEXT, SEALED),
    Column("labels", Form.TERMS, SEALED, ("label-",)),
    Column("news", Form.TERM, SEALED, ("digest-news-",)),
    Column("overdue", Form.TRUTH, SEALED),
    Column("received", Form.DAY, SEALED),
    Column("unfinished", Form.TRUTH, SEALED),
    Column("surname", Form.TEXT, PUBLIC),
    Column("given_name", Form.TEXT, PUBLIC),
    Column("patronymic", Form.TEXT, SUMMARY),
    Column("birth_year", Form.NUMBER, SUMMARY),
    Column("age", Form.NUMBER, PUBLIC),
    Column("minor", Form.TRUTH, SUMMARY),
    Column("detained_day", Form.DAY, PUBLIC),
    Column("detained_time", Form.TEXT, SUMMARY),
    Column("detained_precision", Form.TERM, SUMMARY, ("digest-precision-",)),
    Column("region", Form.TERM, PUBLIC, ("vocab-region-", "card-region-")),
    Column(TOWN, Form.TERM, SUMMARY),  # named by the places of the country pack
    Column("detained_by", Form.TERMS, PUBLIC, ("vocab-detaining_body-", "card-body-")),
    Column("whereabouts", Form.TERM, SUMMARY, ("option-whereabouts-",)),
    Column("facility", Form.TERM, SUMMARY, ("vocab-facility-",)),
    Column("profile", Form.TERMS, SUMMARY, ("vocab-profile-",)),
    Column("urgent_flags", Form.TERMS, SEALED, ("option-urgent_flags-",)),
    Column("reasons", Form.TERMS, SEALED, ("reason-",)),
    Column("relation", Form.TERM, SEALED, ("option-relation-",)),
    Column("reporter_risk", Form.TERM, SEALED, ("digest-risk-",)),
    Column("narrative", Form.TEXT, SEALED),
    Column("person_words", Form.TEXT, SEALED),
    Column("when_words", Form.TEXT, SEALED),
    Column("where_words", Form.TEXT, SEALED),
    Column("facility_words", Form.TEXT, SEALED),
    Column("notes", Form.TEXT, SEALED),
    Column("later_answers", Form.TEXT, SEALED),
    Column("team_notes", Form.TEXT, SEALED),
    Column("other_answers", Form.TEXT, SEALED),
    Column("language", Form.TERM, SEALED, ("digest-language-",)),
    Column("c_contact", Form.TRUTH, SEALED),
    Column("c_un", Form.TRUTH, SEALED),
    Column("c_partners", Form.TRUTH, SEALED),
    Column("c_publish", Form.TRUTH, SEALED),
    Column("c_stats", Form.TRUTH, SEALED),
    Column("publish_block", Form.TRUTH, SEALED),
    Column("un_block", Form.TRUTH, SEALED),
)

# Which question a column is made from; the others come from the case or from the consent record.
SOURCES = {
    "surname": "person",
    "given_name": "person",
    "patronymic": "person",
    "birth_year": "person",
    "age": "person",
    "minor": "person",
    "person_words": "person",
    "detained_day": "detained_when",
    "detained_time": "detained_when",
    "detained_precision": "detained_when",
    "when_words": "detained_when",
    "region": "detained_where",
    "town": "detained_where",
    "where_words": "detained_where",
    "detained_by": "detained_by",
    "whereabouts": "whereabouts",
    "facility": "facility",
    "facility_words": "facility",
    "profile": "profile",
    "urgent_flags": "urgent_flags",
    "relation": "relation",
    "narrative": "narrative",
    "c_contact": "consent_use",
    "c_un": "consent_use",
    "c_partners": "consent_use",
    "c_publish": "consent_use",
    "c_stats": "consent_use",
}


def columns_for(purpose: Purpose) -> tuple[Column, ...]:
    """The columns that exist at all in an export for `purpose`."""
    if purpose is Purpose.KEEP:
        return COLUMNS
    sealed = sealed_questions()
    return tuple(
        column
        for column in COLUMNS
        if field_leaves(column.ceiling, purpose) and SOURCES.get(column.id) not in sealed
    )


@cache
def sealed_questions() -> frozenset[str]:
    """The questions whose answers the country pack keeps for holders of keys."""
    questions = read_table("questions")["question"]
    return frozenset(each["id"] for each in questions if each["sensitivity"] == SEALED)
