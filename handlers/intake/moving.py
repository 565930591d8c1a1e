"""Moving about without answering: back, help, language, review, notes beside the questions, old buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from handlers.effects import Hint, Show
from handlers.events import Attached, Medium
from handlers.intake.acts import State
from handlers.intake.answering import carry_on, erase
from handlers.intake.here import Decision, Here, checkpoint, show
from handlers.intake.keeping import agreed, drop_notes, keep_note
from handlers.intake.path import back, enter, go, mend, unanswered
from handlers.intake.path import where as state_at
from handlers.intake.report import settle
from handlers.intake.talk import Talk
from handlers.screens import Line

_ASIDE = (State.LANGUAGE, State.ERASE)  # screens beside the path: one comes back to where one was
_OWN_WORDS = {Medium.VOICE: "media-voice", Medium.LOCATION: "media-location"}


def resume(here: Here) -> Decision:
    """The same screen again, at the bottom."""
    return show(here, here.talk)


def answer_softly(here: Here) -> Decision:
    """An old button: say so, and show where we are."""
    decision = show(here, here.talk)
    return Decision(decision.talk, (Hint(Line("stale")), *decision.effects))


def give_help(here: Here) -> Decision:
    """The same screen with its help and with the reasons for not answering."""
    return show(here, here.talk, helping=True)


def go_back(here: Here) -> Decision:
    """One step back; at the beginning, the beginning."""
    return show(here, back(here.pack, here.talk) or here.talk)


def go_on(here: Here) -> Decision:
    """On, if there is an answer; otherwise the question stays."""
    question = here.talk.step.partition("/")[0]
    known = question in here.talk.answers or question == State.REVIEW
    return carry_on(here) if known else show(here, here.talk)


def choose_language(here: Here) -> Decision:
    """Ask for the language, or take the one that was named."""
    if here.argument in here.texts.languages:
        return show(here, replace(here.talk, language=here.argument))
    return show(here, _aside(here, State.LANGUAGE))


def set_language(here: Here) -> Decision:
    """From now on in this language, where one was."""
    if here.argument not in here.texts.languages:
        return show(here, here.talk)
    return show(here, replace(_returned(here), language=here.argument))


def name_language(here: Here) -> Decision:
    """A language by its name, where the language is asked."""
    return set_language(here)


def type_language(here: Here) -> Decision:
    """The number of a button; anything else is kept as a note."""
    languages, typed = here.texts.languages, here.said.strip()
    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:3]) <= len(languages):
        return set_language(replace(here, argument=languages[int(typed[:3]) - 1]))
    return note_aside(here)


def leave_aside(here: Here) -> Decision:
    """From a screen beside the path to where one was."""
    return show(here, _returned(here))


def note_aside(here: Here) -> Decision:
    """Something else was written on a screen beside the path: it is kept, and one is back on the path."""
    return keep_beside(replace(here, talk=_returned(here)))


def show_review(here: Here) -> Decision:
    """Everything told so far, once the start is agreed to."""
    if not _started(here):
        return show(here, here.talk, Line("start-first"))
    return show(here, replace(go(here.pack, here.talk, State.REVIEW), editing=False))


def edit_line(here: Here) -> Decision:
    """One line of the review, anew."""
    told = settle(here.pack, here.talk, now=here.now)
    if here.argument not in told:
        return show(here, here.talk)
    return show(here, enter(here.pack, replace(here.talk, editing=True), here.argument))


def type_in_review(here: Here) -> Decision:
    """The number of a line to change; a number of no line is said to be none; anything else is a note."""
    told = tuple(settle(here.pack, here.talk, now=here.now))
    typed = here.said.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 3):
        return keep_beside(here)
    if 1 <= int(typed) <= len(told):
        return edit_line(replace(here, argument=told[int(typed) - 1]))
    return show(here, here.talk, Line("unclear-choice"))


def continue_review(here: Here) -> Decision:
    """From an early review to the first question that was not asked yet."""
    left = unanswered(here.pack, here.talk.answers)
    return show(here, enter(here.pack, here.talk, left[0]) if left else here.talk)


def forget_notes(here: Here) -> Decision:
    """Take the notes out of the report."""
    talk, effects = checkpoint(here, drop_notes(here.talk), here.pack.questionnaire.needs[0])
    return show(here, talk, effects=effects)


def keep_beside(here: Here) -> Decision:
    """Words without a question: kept as a note, or kindly refused when there are too many."""
    if not here.said.strip():
        return show(here, here.talk)
    talk, line = keep_note(here.pack, here.talk, here.said, here.message)
    return show(here, talk, line)


def take_medium(here: Here, *, caption_to: Callable[[Here], Decision] | None = None) -> Decision:
    """Not text: say what to do, and keep the caption, as a note or as `caption_to` takes it.

    The parts of one album are answered once. Before the start is agreed to, nothing is kept.
    """
    assert isinstance(here.event, Attached)  # noqa: S101  (the table calls this for attachments alone)
    album, caption = here.event.album, here.event.caption.strip()
    known = album is not None and here.talk.extra.get("album") == album
    if known and not caption:
        return Decision(replace(here.talk, touched=here.now))
    line = Line(_OWN_WORDS.get(here.event.medium, "media-other") if _started(here) else "not-yet")
    talk = replace(here.talk, extra={**here.talk.extra, "album": album})
    here = replace(here, talk=talk, above=(*here.above, line))
    if not caption or not _started(here):
        return show(here, talk)
    return (caption_to or keep_beside)(here)


def ask_erase(here: Here) -> Decision:
    """Really? Where nothing was told yet, or when asked twice, at once."""
    if not _started(here) or state_at(here.pack, here.talk) is State.ERASE:
        return erase(here)
    return show(here, _aside(here, State.ERASE))


def warn(here: Here) -> Decision:
    """Time is running out; said once, without counting as a sign of life."""
    if here.talk.warned:
        return Decision(here.talk)
    line = "warning-kept" if here.talk.sealed else "warning"
    decision = show(here, here.talk, Line(line, {"minutes": _left(here)}))
    assert decision.talk is not None  # noqa: S101  (a screen never ends a talk)
    talk = replace(decision.talk, touched=here.talk.touched, warned=True)
    return Decision(talk, tuple(_below(effect) for effect in decision.effects))


def _below(effect: object) -> Show:
    assert isinstance(effect, Show)  # noqa: S101  (a warning only shows)
    return replace(effect, below=True)


def _left(here: Here) -> int:
    limits = here.pack.questionnaire.limits
    return limits.idle_minutes - limits.warn_minutes


def _started(here: Here) -> bool:
    return agreed(here.pack, here.talk)


def _aside(here: Here, step: State) -> Talk:
    behind = here.talk.step if here.talk.step not in _ASIDE else here.talk.extra.get("behind", here.talk.step)
    return replace(here.talk, step=step, extra={**here.talk.extra, "behind": behind})


def _returned(here: Here) -> Talk:
    behind = here.talk.extra.get("behind", here.pack.questionnaire.questions[0].id)
    return mend(here.pack, replace(here.talk, step=str(behind)))
