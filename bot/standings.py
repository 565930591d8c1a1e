"""How the moderators' room stands, kept in the audit log: LOCKED stays LOCKED, whatever restarts.

The log is chained and sealed under the operator's key, so that whoever only writes to the database changes
nothing by it. What it says last is how the room stands. A log that contradicts itself, or what this process
knows of it, locks. Beside it there is one mark, a count of changes among the members: it makes a reading
old in every process, also where another one hears of the change.
"""

from __future__ import annotations

from bot.instance import Instance
from bot.lockdown import warn_leads
from handlers.guard.rules import Broken
from handlers.guard.standing import Effect, Event, Standing, State, Step, Warn, Withdraw, step
from storage.audit import Said
from storage.sealing.audit import Event as AuditEvent
from storage.unit_of_work import UnitOfWork

CHANGES = "guard-changes"
_UNOPENED = "unopened"
_PUT_BACK = Broken("log", locks=True)


async def take(
    instance: Instance, event: Event, uow: UnitOfWork, *, known: Standing, network: str, by: str = ""
) -> Step:
    """Decide and keep what becomes of the room; who must hear of it is written to in the same commit.

    `by` is whoever ordered it, where somebody did.
    """
    said = await uow.audit.said_of_guard()
    after, effects = step(_read(instance, said, known), event)
    if (said.what or _UNOPENED) != _word(after):
        uow.audit.note(AuditEvent.GUARD, instance.chance(16), by=by, what=_word(after))
        effects = effects or _found_out(after)
    for effect in effects:
        if isinstance(effect, Warn):
            await warn_leads(instance, uow, effect, network=network)
    return after, effects


def _found_out(after: Standing) -> tuple[Effect, ...]:
    """The log did not say LOCKED, nor did what happened lock the room: somebody has been at the log."""
    return (Withdraw(), Warn(State.LOCKED, after.reasons)) if after.state is State.LOCKED else ()


async def load_standing(instance: Instance, uow: UnitOfWork, known: Standing) -> Standing:
    """The standing as kept; what only memory knows of it stays as long as it is the same."""
    return _read(instance, await uow.audit.said_of_guard(), known)


def _read(instance: Instance, said: Said, known: Standing) -> Standing:
    if instance.watermark.is_above(said.size) or said.torn:
        return Standing(State.LOCKED, opened=True, reasons=(_PUT_BACK,))
    kept = said.what or _UNOPENED
    if kept == _word(known):
        return known
    if kept == _UNOPENED:
        return Standing()
    told = () if kept == State.OPEN else known.reasons
    return Standing(State(kept), opened=True, reasons=told)


async def count_changes(uow: UnitOfWork) -> int:
    """How often somebody came, went or changed standing since we listen."""
    return int(await uow.marks.get(CHANGES) or 0)


async def note_change(uow: UnitOfWork) -> None:
    """Somebody came, went or changed standing."""
    await uow.marks.set(CHANGES, str(await count_changes(uow) + 1))


def _word(standing: Standing) -> str:
    if standing.state is State.PAUSED and not standing.opened:
        return _UNOPENED
    return standing.state.value
