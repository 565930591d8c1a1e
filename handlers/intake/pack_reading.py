"""From `questions.toml` to a `Questionnaire`: every key is known, every id leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from handlers.country import read_table
from handlers.errors import PackRefused
from handlers.intake.conditions import Condition, read_condition
from handlers.intake.questionnaire import Branch, ConsentRule, Entry, Kind, Limits, Question, Questionnaire

FILE = "questions.toml"
SCHEMA = "vestka.questionnaire/1"
ID = re.compile(r"[A-Za-z0-9_-]{1,24}", re.ASCII)  # 24: it must fit behind a button of 64 bytes

_TOP = frozenset(
    {"schema", "country", "languages", "default_language", "zone", "consent", "limits", "checkpoint"}
    | {"another", "question", "vocabulary"}
)
_QUESTION = frozenset(
    {"id", "kind", "required", "sensitivity", "options", "exclusive", "vocabulary", "short", "listed"}
    | {"stored", "show_if", "branch", "maps", "codes"}
)
_BRANCH = frozenset({"note", "then", "set", "ask", "offer"})
_ENTRY = frozenset({"id", "exclusive", "kind", "region", "town", "mt", "sp"})


def load_questionnaire(country: str = "by") -> Questionnaire:
    """The questionnaire of one country pack.

    :raises PackRefused: with the key that does not hold together.
    """
    return read_questionnaire(read_table("questions", country=country))


def read_questionnaire(table: Mapping[str, Any]) -> Questionnaire:
    """Check and build.

    :raises PackRefused: with the key that does not hold together.
    """
    _only_known(table, _TOP, where="the top level")
    if _take(table, "schema", str, where="the top level") != SCHEMA:
        _refuse("schema", f"this program reads {SCHEMA!r}.")
    read = Questionnaire(
        country=_take(table, "country", str, where="the top level"),
        languages=_ids(table, "languages", where="the top level"),
        default_language=_take(table, "default_language", str, where="the top level"),
        zone=_take(table, "zone", str, where="the top level"),
        consent=_consent(_take(table, "consent", dict, where="the top level")),
        limits=_limits(_take(table, "limits", dict, where="the top level")),
        needs=_ids(_take(table, "checkpoint", dict, where="the top level"), "needs", where="checkpoint"),
        again=frozenset(_ids(table["checkpoint"], "again", where="checkpoint")),
        copies=_ids(_take(table, "another", dict, where="the top level"), "copies", where="another"),
        questions=tuple(_question(row) for row in _take(table, "question", list, where="the top level")),
        vocabularies=_vocabularies(_take(table, "vocabulary", dict, where="the top level")),
    )
    _check(read)
    return read


def _consent(table: Mapping[str, Any]) -> ConsentRule:
    keys = ("version", "question", "none")
    return ConsentRule(**{key: _take(table, key, str, where="consent") for key in keys})


def _limits(table: Mapping[str, Any]) -> Limits:
    keys = ("text", "story", "notes", "report", "warn_minutes", "idle_minutes", "total_hours")
    limits = Limits(**{key: _take(table, key, int, where="limits") for key in keys})
    if not 0 < limits.warn_minutes < limits.idle_minutes:
        _refuse("limits.warn_minutes", "the warning must come before idle_minutes.")
    return limits


def _question(row: Mapping[str, Any]) -> Question:
    where = f"question {row.get('id', '?')!r}"
    _only_known(row, _QUESTION, where=where)
    kind = _take(row, "kind", str, where=where)
    if kind not in set(Kind):
        _refuse(f"{where}: kind", f"{kind!r} is none of {', '.join(Kind)}.")
    if row.get("sensitivity") not in {"public", "summary", "sealed"}:
        _refuse(f"{where}: sensitivity", "public, summary or sealed.")
    return Question(
        id=_take(row, "id", str, where=where),
        kind=Kind(kind),
        required=_take(row, "required", bool, where=where),
        sensitivity=row["sensitivity"],
        options=_ids(row, "options", where=where),
        exclusive=frozenset(_ids(row, "exclusive", where=where)),
        vocabulary=row.get("vocabulary"),
        short=_ids(row, "short", where=where),
        listed=row.get("listed", False),
        told=row.get("stored") != "risk_flag_only",
        show_if=read_condition(row.get("show_if", {}), where=f"{FILE}: {where}: show_if"),
        branches={option: _branch(part, where=where) for option, part in row.get("branch", {}).items()},
        maps={form: tuple(items) for form, items in row.get("maps", {}).items()},
        codes=row.get("codes", {}),
    )


def _branch(table: Mapping[str, Any], *, where: str) -> Branch:
    _only_known(table, _BRANCH, where=f"{where}: branch")
    then = table.get("then", "next")
    if then not in {"next", "again", "erase"}:
        _refuse(f"{where}: branch", f"then = {then!r} leads nowhere.")
    return Branch(
        note=table.get("note"),
        then=then,
        flags=table.get("set", {}),
        ask=_ids(table, "ask", where=where),
        offer=_ids(table, "offer", where=where),
    )


def _vocabularies(table: Mapping[str, Any]) -> dict[str, tuple[Entry, ...]]:
    return {name: tuple(_entry(row, name) for row in rows) for name, rows in table.items()}


def _entry(row: Mapping[str, Any], name: str) -> Entry:
    where = f"vocabulary {name!r}"
    _only_known(row, _ENTRY, where=where)
    return Entry(
        id=_take(row, "id", str, where=where),
        exclusive=row.get("exclusive", False),
        kind=row.get("kind"),
        region=row.get("region"),
        town=row.get("town", False),
        codes={name: row[name] for name in ("mt", "sp") if name in row},
    )


def _check(read: Questionnaire) -> None:
    ids = [question.id for question in read.questions]
    _unique(ids, where="question")
    for name, entries in read.vocabularies.items():
        _unique([entry.id for entry in entries], where=f"vocabulary {name!r}")
    for key in (*read.needs, *read.again, *read.copies, read.consent.question):
        if key not in ids:
            _refuse(key, "is named, but there is no such question.")
    if read.default_language not in read.languages:
        _refuse("default_language", "is not among languages.")
    for question in read.questions:
        _check_question(read, question)


def _check_question(read: Questionnaire, question: Question) -> None:
    where = f"question {question.id!r}"
    if question.vocabulary is not None and question.vocabulary not in read.vocabularies:
        _refuse(where, f"there is no vocabulary {question.vocabulary!r}.")
    known = read.choices(question)
    _unique(known, where=where)
    for option in (*question.exclusive, *question.short, *question.branches, *question.codes):
        if option not in known:
            _refuse(where, f"{option!r} is not one of its options.")
    _check_condition(read, question.show_if, where=where)


def _check_condition(read: Questionnaire, condition: Condition, *, where: str) -> None:
    for name, options in condition.wanted:
        asked = read.find(name)
        if asked is None or not options <= set(read.choices(asked)):
            _refuse(f"{where}: show_if", f"{name!r} has no such options.")
    for part in condition.any_of:
        _check_condition(read, part, where=where)


def _take(table: Mapping[str, Any], key: str, kind: type, *, where: str) -> Any:
    value = table.get(key)
    if type(value) is not kind:
        _refuse(f"{where}: {key}", f"needs a value of type {kind.__name__}.")
    return value


def _ids(table: Mapping[str, Any], key: str, *, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and ID.fullmatch(item) for item in value):
        _refuse(f"{where}: {key}", "needs a list of ids (letters, digits, _ and -; at most 24).")
    return tuple(value)


def _only_known(table: Mapping[str, Any], known: frozenset[str], *, where: str) -> None:
    for key in table:
        if key not in known:
            _refuse(where, f"the key {key!r} is unknown.")


def _unique(ids: Iterable[str], *, where: str) -> None:
    seen: set[str] = set()
    for each in ids:
        if not ID.fullmatch(each) or each in seen:
            _refuse(where, f"the id {each!r} is no id, or stands twice.")
        seen.add(each)


def _refuse(where: str, why: str) -> None:
    raise PackRefused(f"{FILE}: {where}: {why}")
