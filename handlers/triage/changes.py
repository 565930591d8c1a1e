"""What each act changes in a case, once it is known that it may be done. One small function per act.

Each takes the case, the words of the order and whose hand it is, and gives the case back, or a refusal that
says which words there are. Words come from closed lists; nothing a moderator types stands in a case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from handlers.asking.questions import FREE, load_questions
from handlers.screens import Line
from handlers.triage import contacts
from handlers.triage.acts import Action
from handlers.triage.cases import Case, Finding, Override, Verified
from handlers.triage.facts import Level
from handlers.triage.fate import CONTACT, LIFE, TRACK, Fate, load_fate, may_follow
from handlers.triage.hands import Hand

Words = tuple[str, ...]

CLOSE_REASONS = ("done", "duplicate", "mistaken", "withdrawn", "spam")
RAISE_REASONS = ("danger", "child", "health", "transfer", "other-report")
LOWER_REASONS = ("found", "danger-over", "wrong-answer")
"""Why an urgency may be lowered. Doubt about the reporter is not among them: credibility never lowers it."""
LABELS = (
    "minor",
    "torture",
    "medical",
    "disappearance",
    "group",
    "journalist",
    "foreigner",
    "lawyer",
    "media",
    "un",
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was done, for the person who asked."""

    line: Line


Change = Callable[[Case, Words, Hand], Case | Refusal]


def _claim(case: Case, _words: Words, hand: Hand) -> Case:
    return replace(case, claimant=hand.by, until=hand.until, unseen=0)


def _release(case: Case, _words: Words, _hand: Hand) -> Case:
    return replace(case, claimant=None, until=None)


def _transfer(case: Case, words: Words, hand: Hand) -> Case | Refusal:
    to = words[0] if words else ""
    if to not in hand.members:
        return Refusal(Line("refusal-no-member", {"members": ", ".join(sorted(hand.members))}))
    if to == case.claimant:
        return Refusal(Line("refusal-taken", {"by": to}))
    return replace(case, claimant=to, until=hand.until)


def _close(case: Case, words: Words, _hand: Hand) -> Case | Refusal:
    if words[:1] not in {(reason,) for reason in CLOSE_REASONS}:
        return _choose("close", CLOSE_REASONS)
    return replace(case, claimant=None, until=None)


def _urgency(case: Case, words: Words, hand: Hand) -> Case | Refusal:
    levels = tuple(Level)
    if len(words) < 1 or words[0] not in levels:
        return _choose("urgency", levels)
    level = Level(words[0])
    if level is case.level:
        return Refusal(Line("refusal-same", {"code": case.code}))
    reasons = RAISE_REASONS if levels.index(level) < levels.index(case.level) else LOWER_REASONS
    if len(words) < 2 or words[1] not in reasons:
        return _choose(f"urgency {level}", reasons)
    parts = tuple(replace(part, level=level) for part in case.parts)
    return replace(case, override=Override(level, words[1], hand.by, hand.today), parts=parts)


def _label(case: Case, words: Words, _hand: Hand) -> Case | Refusal:
    free = tuple(label for label in LABELS if label not in case.labels)
    if words[:1] not in {(label,) for label in free}:
        return _choose("label", free)
    return replace(case, labels=(*case.labels, words[0]))


def _unlabel(case: Case, words: Words, _hand: Hand) -> Case | Refusal:
    if words[:1] not in {(label,) for label in case.labels}:
        return _choose("unlabel", case.labels)
    return replace(case, labels=tuple(label for label in case.labels if label != words[0]))


def _verify(case: Case, words: Words, hand: Hand) -> Case | Refusal:
    fate = load_fate()
    if len(words) < 1 or words[0] not in fate.facts:
        return _choose("verify", fate.facts)
    if len(words) < 2 or words[1].upper() not in fate.grades:
        return _choose(f"verify {words[0]}", fate.grades)
    return replace(case, verified=(*case.verified, Verified(words[0], words[1].upper(), hand.by, hand.today)))


def _find(axis: str) -> Change:
    """STATE [DAY] [SOURCE] [GRADE]: today, "others" and C where nobody says."""

    def find(case: Case, words: Words, hand: Hand) -> Case | Refusal:
        fate = load_fate()
        states = tuple(state for state in fate.states[axis] if may_follow(case, axis, state))
        if words[:1] not in {(state,) for state in states}:
            return _choose(axis, states)
        finding = _read_finding(fate, axis, words, hand)
        if finding is None:
            return Refusal(Line("refusal-finding", {"axis": axis, "day": hand.today}))
        return replace(case, fate=(*case.fate, finding))

    return find


def _read_finding(fate: Fate, axis: str, words: Words, hand: Hand) -> Finding | None:
    state, since, source, grade = (*words, "", "", "")[:4]
    since, source, grade = since or hand.today, source or "others", (grade or "C").upper()
    try:
        past = date.fromisoformat(since) <= hand.day
    except ValueError:
        past = False
    if not past or source not in fate.sources or grade not in fate.grades or len(words) > 4:
        return None
    return Finding(axis, state, since, source, grade, hand.by, hand.today)


def _note(case: Case, _words: Words, hand: Hand) -> Case:
    """Counted here; its text goes another way (`handlers/triage/notes.py`)."""
    return replace(case, notes=case.notes + 1, noted=hand.today)


def _ask(case: Case, words: Words, hand: Hand) -> Case | Refusal:
    """A question of the closed list. Whether the reporter can be reached, the case does not know."""
    canned = load_questions().canned
    if words[:1] not in {(question,) for question in canned}:
        return _choose("ask", canned)
    return _contact(case, words[0], hand)


def _question(case: Case, _words: Words, hand: Hand) -> Case | Refusal:
    """One in free words; these go another way (`handlers/asking/`)."""
    return _contact(case, FREE, hand)


def _contact(case: Case, question: str, hand: Hand) -> Case | Refusal:
    asked = contacts.ask(case, question, by=hand.by, day=hand.today)
    return asked or Refusal(Line("refusal-asked-enough", {"code": case.code, "most": contacts.MOST}))


def _seen(case: Case, _words: Words, _hand: Hand) -> Case | Refusal:
    if not case.unseen:
        return Refusal(Line("refusal-nothing-new", {"code": case.code}))
    return replace(case, unseen=0)


def _shadow(case: Case, _words: Words, _hand: Hand) -> Case | Refusal:
    if case.shadowed:
        return Refusal(Line("refusal-same", {"code": case.code}))
    return replace(case, shadowed=True)


def _same(case: Case, _words: Words, _hand: Hand) -> Case:
    return case


def _choose(command: str, words: tuple[str, ...]) -> Refusal:
    """Which words there are; where none is left, that nothing can follow."""
    if not words:
        return Refusal(Line("refusal-nothing-follows"))
    return Refusal(Line("refusal-choose", {"command": f"/{command}", "words": ", ".join(words)}))


CHANGES: Mapping[Action, Change] = {
    Action.CLAIM: _claim,
    Action.RELEASE: _release,
    Action.TRANSFER: _transfer,
    Action.URGENCY: _urgency,
    Action.LABEL: _label,
    Action.UNLABEL: _unlabel,
    Action.LIFE: _find(LIFE),
    Action.TRACK: _find(TRACK),
    Action.CONTACT: _find(CONTACT),
    Action.VERIFY: _verify,
    Action.NOTE: _note,
    Action.CLOSE: _close,
    Action.REOPEN: _same,
    Action.ASK: _ask,
    Action.QUESTION: _question,
    Action.SEEN: _seen,
    Action.SHADOW: _shadow,
    Action.PURGE: _same,
}
"""Acts on two cases (link, merge and their ways back) are in `handlers/triage/merging.py`."""
