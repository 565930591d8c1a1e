"""When a question is shown.

    show_if = { whereabouts = ["known", "told"], relation = ["parent"] }      all must match
    show_if = { any_of = [{ whereabouts = ["released"] }, { … }] }            one must match

A question matches when its choice is in the list; with several choices, when one of them is. A question
that was not answered, or answered with a reason only, matches nothing. A condition without rows matches
always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.errors import PackRefused
from handlers.intake.talk import Answer


@dataclass(frozen=True, slots=True)
class Condition:
    """`wanted`: question and options, all of which must match; `any_of`: one of these must match, too."""

    wanted: tuple[tuple[str, frozenset[str]], ...] = ()
    any_of: tuple[Condition, ...] = ()

    @property
    def questions(self) -> frozenset[str]:
        """Every question this condition looks at."""
        inner = (question for condition in self.any_of for question in condition.questions)
        return frozenset((*(question for question, _ in self.wanted), *inner))


def read_condition(table: Mapping[str, Any], *, where: str) -> Condition:
    """A condition as a pack writes it; `where` names file and key for the error.

    :raises PackRefused: something else than lists of option ids.
    """
    wanted = {key: options for key, options in table.items() if key != "any_of"}
    for key, options in wanted.items():
        if not isinstance(options, list) or not all(isinstance(option, str) for option in options):
            raise PackRefused(f"{where}: {key!r} needs a list of option ids.")
    either = table.get("any_of", [])
    if not isinstance(either, list) or not all(isinstance(part, Mapping) for part in either):
        raise PackRefused(f"{where}: any_of needs a list of tables.")
    return Condition(
        wanted=tuple((key, frozenset(options)) for key, options in wanted.items()),
        any_of=tuple(read_condition(part, where=where) for part in either),
    )


def holds(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    """Whether the condition matches what was answered."""
    if not condition.wanted and not condition.any_of:
        return True
    matched = all(not options.isdisjoint(chosen(answers, question)) for question, options in condition.wanted)
    either = not condition.any_of or any(holds(part, answers) for part in condition.any_of)
    return matched and either


def chosen(answers: Mapping[str, Answer], question: str) -> frozenset[str]:
    """The option ids chosen in one question; empty where there are none."""
    answer = answers.get(question)
    value = answer.value if answer else None
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(value) if isinstance(value, list) else frozenset()
