"""A story where a short answer is asked: nothing in it is guessed, all of it is kept beside the questions.

Networks cut what is longer than a message in two; the second part must not answer the next question.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.intake.here import Decision, Here, show
from handlers.intake.keeping import agreed, keep_note
from handlers.screens import Line

LONG = 3500  # characters; a text that was cut begins with a longer part
PART = 120  # characters; what follows a long part and is longer is no short answer


def is_tale(here: Here) -> bool:
    """A very long text, or what follows one before anything else was answered."""
    told = len(here.said)
    follows = bool(here.talk.extra.get("tale")) and told > PART
    return agreed(here.pack, here.talk) and (told >= LONG or follows)


def keep_tale(here: Here) -> Decision:
    """Keep it as a note and ask the same question again."""
    limit = here.pack.questionnaire.limits.text
    talk, line = keep_note(here.pack, here.talk, here.said[:limit], here.message)
    for start in range(limit, len(here.said), limit):  # nobody is asked to send a rest that we have
        talk, line = keep_note(here.pack, talk, here.said[start : start + limit], "")
    talk = replace(talk, extra={**talk.extra, "tale": True})
    return show(here, talk, Line("short-answer"), line)
