"""The guided conversation: one event in, the talk's next state and its effects out.

The conversation itself is `handlers.intake.table`. This file turns what happened into an act and walks
the table; it knows no question, no answer and no network.
"""

from __future__ import annotations

from datetime import datetime

from handlers.events import (
    Attached,
    Commanded,
    Departed,
    Edited,
    Event,
    Lapse,
    Lapsed,
    Pressed,
    Room,
    Wrote,
)
from handlers.intake.acts import COMMANDS, Act, State
from handlers.intake.arriving import tell_of_loss
from handlers.intake.buttons import read_token
from handlers.intake.draws import begin
from handlers.intake.here import Decision, Here, show
from handlers.intake.lapses import next_lapse
from handlers.intake.pack import Pack
from handlers.intake.path import mend, where
from handlers.intake.report import has_room
from handlers.intake.table import TABLE
from handlers.intake.talk import Talk
from handlers.intake.typed import act_of
from handlers.screens import Line
from handlers.texts import Texts

__all__ = ["Decision", "Pack", "advance", "next_lapse"]

_PLAIN: dict[type[Event], Act] = {Edited: Act.AMEND, Attached: Act.ATTACH, Departed: Act.DEPART}


def advance(
    pack: Pack,
    texts: Texts,
    talk: Talk | None,
    event: Event,
    *,
    room: Room,
    hint: str | None,
    now: datetime,
    chance: bytes,
    lost: bool = False,
) -> Decision:
    """Decide one event.

    `now` is an aware UTC datetime, `chance` 32 random bytes, `hint` the language of the person's client.
    `lost` says that unfinished talks may have been erased with the volatile memory not long ago. The same
    input gives the same decision.
    """
    held = mend(pack, talk) if talk else None
    state = where(pack, held) if held else State.NOBODY
    act, argument = read_act(event, held, state)
    fresh = held or begin(pack, room, language=texts.choose(hint), now=now, chance=chance)
    here = Here(
        pack=pack,
        texts=texts,
        talk=fresh,
        event=event,
        act=act,
        argument=argument,
        now=now,
        chance=chance,
        above=(tell_of_loss(act),) if lost and not held else (),
    )
    decision = TABLE[state][act].do(here)
    return decision if _fits(here, decision) else show(here, fresh, Line("report-full"))


def _fits(here: Here, decision: Decision) -> bool:
    """Words that no sealed report can hold are refused while there is still somebody to tell."""
    if decision.talk is None or not isinstance(here.event, Wrote | Edited | Attached):
        return True
    return has_room(here.pack, decision.talk, now=here.now)


def read_act(event: Event, talk: Talk | None, state: State) -> tuple[Act, str]:
    """What was done, with its argument."""
    match event:
        case Pressed(token=token):
            return read_token(token, talk)
        case Commanded(name=name):
            return COMMANDS.get(name.lower(), Act.HELP), ""
        case Wrote(text=text):
            return act_of(text, state) if text.strip() else (Act.HELP, "")
        case Lapsed(lapse=lapse):
            return (Act.WARN if lapse is Lapse.WARN else Act.LAPSE), ""
        case _:
            return _PLAIN[type(event)], ""
