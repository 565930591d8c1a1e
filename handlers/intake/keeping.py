"""Nothing that was written is lost: notes beside the questions, a story in several messages, and from which
message each of them came, so that an edited message changes the right one.

`Talk.sources` maps a message to "question", "note:2" or "story:0".
"""

from __future__ import annotations

from dataclasses import replace

from handlers.intake.pack import Pack
from handlers.intake.talk import Answer, Talk
from handlers.screens import Line

NOTE = "note:"
STORY = "story:"
BETWEEN = "\n\n"


def clip(pack: Pack, text: str) -> Line | None:
    """What to say when a text is longer than what we keep of one message."""
    limit = pack.questionnaire.limits.text
    if len(text) <= limit:
        return None
    return Line("too-long", {"kept": limit, "left": len(text) - limit})


def agreed(pack: Pack, talk: Talk) -> bool:
    """Whether the first question, which asks for the permission to keep anything, is answered."""
    return pack.questionnaire.questions[0].id in talk.answers


def keep_source(talk: Talk, question: str, message: str) -> Talk:
    """This message now holds the answer; an older one no longer does."""
    sources = {key: held for key, held in talk.sources.items() if held != question}
    return replace(talk, sources={**sources, message: question} if message else sources)


def keep_note(pack: Pack, talk: Talk, text: str, message: str) -> tuple[Talk, Line]:
    """The text beside the questions, with the line that says so; nothing before the start is agreed to."""
    if not agreed(pack, talk):
        return talk, Line("not-yet")
    limits = pack.questionnaire.limits
    if len(talk.notes) >= limits.notes:
        return talk, Line("notes-full")
    notes = (*talk.notes, text[: limits.text])
    sources = {**talk.sources, message: f"{NOTE}{len(talk.notes)}"} if message else talk.sources
    return replace(talk, notes=notes, sources=sources), clip(pack, text) or Line("note-kept")


def drop_notes(talk: Talk) -> Talk:
    """Without the notes, because the reporter wants it so."""
    sources = {key: held for key, held in talk.sources.items() if not held.startswith(NOTE)}
    return replace(talk, notes=(), sources=sources)


def edit_note(pack: Pack, talk: Talk, number: int, text: str) -> Talk:
    """One note reads otherwise now."""
    limit = pack.questionnaire.limits.text
    notes = (text[:limit] if index == number else note for index, note in enumerate(talk.notes))
    return replace(talk, notes=tuple(notes))


def start_story(talk: Talk, answer: Answer, *, question: str, message: str) -> Talk:
    """The story begins anew with this answer."""
    pieces = [answer.value] if answer.value else []
    sources = {
        key: held for key, held in talk.sources.items() if not held.startswith(STORY) and held != question
    }
    sources = {**sources, message: f"{STORY}0"} if message and pieces else sources
    return replace(talk, sources=sources, extra={**talk.extra, "pieces": pieces})


def add_to_story(
    pack: Pack, talk: Talk, text: str, *, question: str, message: str
) -> tuple[Talk, Line | None]:
    """One more message of the story; a line where it does not fit any more."""
    limits = pack.questionnaire.limits
    pieces = list(talk.extra.get("pieces", []))
    room = limits.story - len(BETWEEN.join(pieces)) - len(BETWEEN)
    if room <= 0:
        return talk, Line("story-full")
    kept = text[: min(limits.text, room)]
    sources = {**talk.sources, message: f"{STORY}{len(pieces)}"} if message else talk.sources
    grown = _told(replace(talk, sources=sources), [*pieces, kept], question)
    left = len(text) - len(kept)
    return grown, Line("too-long", {"kept": len(kept), "left": left}) if left else None


def edit_story(pack: Pack, talk: Talk, number: int, text: str, *, question: str) -> Talk:
    """One message of the story reads otherwise now."""
    pieces = list(talk.extra.get("pieces", []))
    limit = pack.questionnaire.limits.text
    return _told(
        talk, [text[:limit] if index == number else each for index, each in enumerate(pieces)], question
    )


def _told(talk: Talk, pieces: list[str], question: str) -> Talk:
    answers = {**talk.answers, question: Answer(BETWEEN.join(pieces))}
    return replace(talk, answers=answers, extra={**talk.extra, "pieces": pieces})
