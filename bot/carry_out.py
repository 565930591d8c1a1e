"""One small function per effect. All of them write into the caller's unit of work; nothing is sent here."""

from __future__ import annotations

from bot.asking import keeping
from bot.instance import Instance
from bot.networks import Reply
from bot.posting import post_card
from handlers.effects import (
    DiscardCase,
    Effect,
    ForgetWays,
    Hint,
    KeepWay,
    NoteContact,
    ReleaseCase,
    SealAddition,
    SealReport,
    Show,
)
from handlers.events import Room
from handlers.matching.hints import read_report
from handlers.triage.acting import act
from handlers.triage.acts import Action
from handlers.triage.cases import Case, Reached, Status
from handlers.triage.hands import bot_hand
from handlers.triage.lifecycle import open_case, retell
from handlers.triage.merging import retold
from handlers.triage.orders import Order
from storage.outbox import Letter
from storage.sealing import REPORTS, Flag, Kind, canonical, epoch_of, seal, sign_seal
from storage.sealing.audit import Event
from storage.unit_of_work import UnitOfWork

SCREEN_PRIORITY = 20


class Carrier:
    """Carries the effects of one decision out for one room, in one language."""

    def __init__(
        self, instance: Instance, uow: UnitOfWork, room: Room, *, language: str, query: str | None
    ) -> None:
        self._instance = instance
        self._uow = uow
        self._room = room
        self._language = language
        self._query = query
        self._toast = ""
        self.letters: list[Letter] = []  # screens that were put into the outbox

    def replies(self) -> tuple[Reply, ...]:
        """Every press is answered, with or without words, or the phone shows a clock for ever."""
        return (Reply(self._query, self._toast),) if self._query else ()

    async def carry(self, effect: Effect) -> None:
        """Do one effect."""
        match effect:
            case Show():
                await self._show(effect)
            case Hint(line=line):
                self._toast = self._instance.texts.say(self._language, line) if line else ""
            case SealReport():
                await self._seal(effect)
            case ReleaseCase(case=case):
                await release_case(self._instance, self._uow, case)
            case DiscardCase(case=case):
                await self._uow.cases.delete(case)
            case _:
                await self._ask(effect)

    async def _ask(self, effect: KeepWay | ForgetWays | SealAddition | NoteContact) -> None:
        """Do one effect that concerns a question back to the reporter."""
        parts = self._instance, self._uow
        match effect:
            case KeepWay(case=case, code=code):
                await keeping.keep_way(*parts, self._room, case=case, code=code, language=self._language)
            case ForgetWays():
                await keeping.forget_ways(*parts, self._room, Reached.EXPIRED)
            case SealAddition(case=case, addition=addition):
                await keeping.keep_addition(*parts, self._room, case, addition)
            case NoteContact(case=case, state=state):
                await keeping.note(*parts, case, state)

    async def _show(self, show: Show) -> None:
        text, buttons = self._instance.texts.show(self._language, show.screen)
        payload = {
            "kind": "show",
            "network": self._room.network,
            "room": self._room.id,
            "text": text,
            "buttons": buttons,
            "below": show.below,
            "gone_after": show.gone_after,
            "tells": show.tells.hex() if show.tells else None,
        }
        slot = f"show:{self._room.network}:{self._room.id}"
        letter = Letter(self._instance.chance(16), slot, SCREEN_PRIORITY, payload)
        self.letters.append(await self._uow.outbox.put(letter, replace=True))

    async def _seal(self, effect: SealReport) -> None:
        kind = Kind.REPORT if effect.finished else Kind.CHECKPOINT
        today = self._instance.today()
        sealed = seal(
            kind,
            canonical.dump(effect.report),
            object_id=self._instance.chance(16),
            epoch=epoch_of(today),
            to=self._instance.duty_set(),
            flags=0 if effect.finished else Flag.CHECKPOINT,
        )
        if await self._uow.authors.is_shadowed(self._room):
            return  # nobody reads it, and nothing that is shown or takes its time tells so
        if await self._keep_case(effect):
            older = [kept.id for kept in await self._uow.objects.of_case(effect.case, *REPORTS)]
            await self._uow.objects.delete(*older, replaced=True)
        await self._uow.authors.note(effect.case, self._room)
        signature = sign_seal(self._instance.signing, sealed.data)
        await self._uow.objects.keep(sealed, case=effect.case, signature=signature, day=today)

    async def _keep_case(self, effect: SealReport) -> bool:
        """The first seal makes the case; a later one changes its facts. Only a finished one gets a card.

        Returns whether the case was there before.
        """
        day, facility = self._instance.today().isoformat(), effect.facility
        was_there = await self._uow.cases.has(effect.case)
        known = await self._uow.cases.get(effect.case)
        if known is None:  # or it is damaged: then this is what it is from now on
            case = open_case(effect.case, effect.code, facts=effect.facts, day=day, facility=facility)
            await self._uow.cases.add(case)
        else:
            case = retell(known, facts=effect.facts, day=day, facility=facility)
            await self._uow.cases.replace(case, seen_revision=known.revision)
            await tell_wholes(self._instance, self._uow, known, case)
        if self._instance.settings.team.compare_names:
            traits = read_report(effect.report, year=self._instance.today().year)
            self._uow.likenesses.keep(case, traits)
        if case.status is not Status.HELD:
            await post_card(self._instance, self._uow, case)
        return was_there


async def tell_wholes(instance: Instance, uow: UnitOfWork, before: Case, part: Case) -> None:
    """Cases that go on for this one show its urgency, too, where it has become another."""
    for whole in await uow.cases.above(part):
        if part.level is before.level:
            return
        before, part = whole, await uow.cases.replace(retold(whole, part), seen_revision=whole.revision)
        await post_card(instance, uow, part)


async def release_case(instance: Instance, uow: UnitOfWork, case_id: bytes) -> None:
    """Give a case to everybody: the talk of a held one is over, or its claim has run out."""
    case = await uow.cases.get(case_id)
    if case is None:
        return
    released = act(case, Order(Action.RELEASE), bot_hand(instance.today()))
    if isinstance(released, Case):
        await uow.cases.replace(released, seen_revision=case.revision)
        uow.audit.note(Event.ACT, case_id, what=Action.RELEASE)
        await post_card(instance, uow, released)
