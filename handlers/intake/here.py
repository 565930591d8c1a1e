"""One step of a conversation: everything a row of the table may look at, and the decision it returns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from handlers.effects import Effect, SealReport, Show
from handlers.events import Attached, Edited, Event, Pressed, Wrote
from handlers.intake.acts import Act
from handlers.intake.asking import Page
from handlers.intake.draws import draw_code
from handlers.intake.pack import Pack
from handlers.intake.pages import draw
from handlers.intake.path import enough
from handlers.intake.report import seal_report
from handlers.intake.talk import Talk
from handlers.screens import Line, Screen
from handlers.texts import Texts


@dataclass(frozen=True, slots=True)
class Decision:
    """Where the talk stands now (None: it is over) and what is to be done."""

    talk: Talk | None
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Here:
    """The talk, what happened, and what was passed in from outside.

    `talk` is a fresh one where none was open. `above` are lines that the next screen begins with.
    """

    pack: Pack
    texts: Texts
    talk: Talk
    event: Event = field(repr=False)
    act: Act
    argument: str
    now: datetime
    chance: bytes = field(repr=False)
    above: tuple[Line, ...] = ()

    @property
    def said(self) -> str:
        """The words of the event, if it has any."""
        match self.event:
            case Wrote(text=text) | Edited(text=text):
                return text
            case Attached(caption=caption):
                return caption
            case _:
                return ""

    @property
    def message(self) -> str:
        """The id of the message that the words are in."""
        return getattr(self.event, "message", "")


def show(
    here: Here,
    talk: Talk,
    *above: Line,
    helping: bool = False,
    same: bool = False,
    effects: tuple[Effect, ...] = (),
) -> Decision:
    """The talk goes on with its next screen. `same`: the buttons shown before keep their meaning."""
    fresh = replace(talk, serial=talk.serial + (not same), touched=here.now, warned=False)
    page = Page(here.pack, here.texts, fresh, here.now, helping)
    screen = draw(page, (*here.above, *above))
    return Decision(fresh, (*effects, Show(screen, below=not isinstance(here.event, Pressed | Edited))))


def close(here: Here, line: str, *, effects: tuple[Effect, ...] = (), gone_after: int) -> Decision:
    """The talk is over; one short line stays for some seconds."""
    screen = Screen((Line(line),))
    below = not isinstance(here.event, Pressed | Edited)
    return Decision(None, (*effects, Show(screen, below=below, gone_after=gone_after)))


def checkpoint(here: Here, talk: Talk, question: str) -> tuple[Talk, tuple[Effect, ...]]:
    """Seal the unfinished report, once enough is known and whenever something that matters has changed.

    The code is drawn at the first seal, so that it can be drawn again when another case has it.
    """
    if not enough(here.pack, talk.answers):
        return talk, ()
    if talk.sealed and question not in here.pack.questionnaire.again:
        return talk, ()
    talk, effect = seal(here, talk, finished=False)
    return talk, (effect,)


def seal(here: Here, talk: Talk, *, finished: bool) -> tuple[Talk, SealReport]:
    """The talk with its case sealed."""
    coded = talk if talk.sealed else replace(talk, code=draw_code(here.chance))
    kept = replace(coded, sealed=True)
    return kept, seal_report(here.pack, kept, now=here.now, finished=finished)
