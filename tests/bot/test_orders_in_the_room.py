"""Every order from every way in, against the table: what is refused is refused, typed or pressed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.lists import LISTS
from bot.orders import ORDERS
from bot.profiles import profiles
from bot.resolutions import ASKED
from bot.team import GLANCE
from handlers.events import Commanded, Pressed, Room
from handlers.screens import Line
from handlers.texts import read_catalogue
from handlers.triage.acting import check_move
from handlers.triage.acts import ACTS, Action
from handlers.triage.cases import Case, Joined, Part, Status
from handlers.triage.commands import COMMANDS, HELP, LISTED, usage
from handlers.triage.hands import Hand
from handlers.triage.merging import PAIRS
from handlers.triage.orders import Order, write_token
from handlers.triage.previews import hash_of
from storage.cards import CardPlace
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.bot.desk import GROUP, NAME, TEXTS, Desk, make_member, make_roster
from tests.fakes import FakeClock
from tests.storage.samples import DAY, make_case, make_room, make_sealed

ROOM, TOPIC = Room(NAME, GROUP), Room(NAME, GROUP, "7")
ROLES = {1: "moderator", 2: "moderator", 3: "coordinator", 4: "lead"}
CASE = replace(make_case(1), id=bytes([1]) * 16)
OTHER = replace(make_case(2, code="K7QF2"), id=bytes([2]) * 16)
NAMES = {action: name for name, action in ((n, c.action) for n, c in COMMANDS.items() if n != "split")}
NAMES[Action.QUESTION] = NAMES[Action.ASK]  # the same command, with words of one's own
QUESTIONS = (Action.ASK, Action.QUESTION)  # there is no way back to these reporters: none is ever kept
WORDS = {
    Action.TRANSFER: "m-02",
    Action.URGENCY: "orange found",
    Action.LABEL: "torture",
    Action.UNLABEL: "minor",
    Action.LIFE: "detained",
    Action.TRACK: "criminal",
    Action.CONTACT: "lawyer",
    Action.VERIFY: "place b",
    Action.CLOSE: "done",
    Action.NOTE: "Патэлефанаваць",
    Action.ASK: "held",
    Action.QUESTION: "Ці вядома, дзе чалавек цяпер?",
}


@pytest.fixture
async def desk(store: Store, ring: KeyRing, clock: FakeClock) -> Desk:
    """m-01 and m-02 moderate, m-03 coordinates, m-04 leads; nothing is in the store."""
    today = clock.now().date()
    members = [make_member(number, today, role=role)[0] for number, role in ROLES.items()]
    return Desk(store, ring, clock, roster=make_roster(today, *members))


def staged(status: Status, action: Action) -> tuple[Case, Case]:
    """The two cases, the first in this status, as `action` needs them where it is allowed."""
    claimant = "m-01" if status is Status.CLAIMED else None
    case, other = replace(CASE, status=status, claimant=claimant, labels=("minor",), unseen=1), OTHER
    if status is Status.MERGED:
        case = replace(case, joined=Joined(other.id, Status.NEW, None, None))
        other = replace(other, parts=(Part(case.id, case.level),))
    if action is Action.UNLINK:
        case, other = replace(case, linked=(other.id,)), replace(other, linked=(case.id,))
    return case, other


async def stage(desk: Desk, *cases: Case) -> None:
    async def put(uow: UnitOfWork) -> None:
        for case in cases:
            await uow.cases.delete(case.id)
            await uow.cases.add(case)
            sealed = make_sealed(case.id[0])
            await uow.objects.keep(sealed, case=case.id, signature=bytes(64), day=DAY)
            await uow.authors.note(case.id, make_room())
        await uow.cards.put(CASE.id, CardPlace(TOPIC, card="5"))

    await desk.store.run(put)


async def kept(desk: Desk) -> list[Case]:
    return await desk.store.run(lambda uow: uow.cases.all())


async def type_in(desk: Desk, member: int, text: str, *, room: Room = TOPIC) -> list[str]:
    """A command; the texts of the answers it gets."""
    name, _, argument = text.partition(" ")
    for letter in await desk.letters("answer"):
        await desk.drop(letter)
    await desk.take(desk.lay(Commanded(name, argument, "9"), room, sender=str(9000 + member), private=False))
    return [str(letter.payload["text"]) for letter in await desk.letters("answer")]


async def press(desk: Desk, member: int, token: str) -> str:
    await desk.take(desk.lay(Pressed(token, "8", query="q"), TOPIC, sender=str(9000 + member), private=False))
    return desk.outcomes[-1].replies[0].text


async def each_hand(desk: Desk, status: Status) -> AsyncIterator[tuple[Action, int, Case, Hand]]:
    """Every act on a case in this status, made ready for everybody in turn: act, number of the member."""
    for action in Action:
        for member, role in ROLES.items():
            case, other = staged(status, action)
            await stage(desk, case, other)
            yield action, member, case, Hand(f"m-{member:02}", role, desk.instance.today())


@pytest.mark.parametrize("status", Status)
async def test_every_typed_order_does_what_the_table_says_and_nothing_else(
    desk: Desk, status: Status
) -> None:
    async for action, member, case, hand in each_hand(desk, status):
        argument = "K7QF2" if action in PAIRS and action is not Action.UNMERGE else WORDS.get(action, "")
        before = await kept(desk)
        (said, *_) = await type_in(desk, member, f"{NAMES[action]} {argument}".strip())
        assert said
        waits = ACTS[action].previewed or ACTS[action].two or action in QUESTIONS
        refused = check_move(case, action, hand) is not None
        assert (await kept(desk) == before) == (refused or waits), (status, action, hand.role, said)


@pytest.mark.parametrize("status", Status)
async def test_every_pressed_order_does_what_the_table_says_and_nothing_else(
    desk: Desk, status: Status
) -> None:
    async for action, member, case, hand in each_hand(desk, status):
        words = ("K7QF2",) if action is Action.MERGE else ACTS[action].button or ()
        order = Order(action, words)
        if ACTS[action].previewed:
            order = replace(order, check=hash_of(case, order, by=hand.by))
        before = await kept(desk)
        assert await press(desk, member, write_token(case, order))
        stands = ACTS[action].button is not None or ACTS[action].previewed
        done = stands and not ACTS[action].two and check_move(case, action, hand) is None
        assert (await kept(desk) != before) == done, (status, action, hand.role)


async def test_a_purge_is_previewed_asked_for_by_a_lead_and_agreed_to_by_another(desk: Desk) -> None:
    case = replace(CASE, linked=(OTHER.id,))
    await stage(desk, case, replace(OTHER, linked=(CASE.id,)))
    await type_in(desk, 4, "purge")
    (shown,) = await desk.letters("answer")
    ((confirm,),) = shown.payload["buttons"]
    await desk.drop(shown)
    assert await press(desk, 4, confirm[1])
    (asked,) = await desk.letters("answer")
    ((agree,),) = asked.payload["buttons"]
    assert len(await kept(desk)) == 2
    assert await press(desk, 4, agree[1])  # not by whoever asked
    assert len(await kept(desk)) == 2
    assert CASE.code in await press(desk, 1, agree[1])
    assert [one.payload["topic"] for one in await desk.letters("unsay") if not one.payload["messages"]] == [
        "7"
    ]
    (left,) = await kept(desk)
    assert (left.id, left.linked) == (OTHER.id, ())
    assert await desk.store.run(lambda uow: uow.objects.of_case(CASE.id)) == []
    assert await press(desk, 2, agree[1])  # once only
    assert len(await kept(desk)) == 1


async def test_a_purged_case_takes_no_topic_along_that_others_lie_in(desk: Desk) -> None:
    await stage(desk, CASE, OTHER)
    place = CardPlace(TOPIC, card="5", cluster=True)
    await desk.store.run(lambda uow: uow.cards.put(CASE.id, place))
    await type_in(desk, 4, f"purge {CASE.code}", room=ROOM)
    for member in (4, 1):
        (shown,) = [one for one in await desk.letters("answer") if one.payload["buttons"]]
        ((confirm,),) = shown.payload["buttons"]
        await desk.drop(shown)
        await press(desk, member, confirm[1])
    assert [case.id for case in await kept(desk)] == [OTHER.id]
    gone = [one.payload["messages"] for one in await desk.letters("unsay")]
    assert ["5"] in gone
    assert [] not in gone  # that would be the whole topic


@pytest.mark.parametrize("words", ["panic", "suspend m-04", "reopen"])
async def test_what_is_ordered_about_the_room_itself_does_not_stay_there(desk: Desk, words: str) -> None:
    await type_in(desk, 1, words, room=ROOM)
    (gone,) = await desk.letters("unsay")
    assert gone.payload["messages"] == ["9"]


async def test_a_request_whose_case_has_changed_is_not_agreed_to(desk: Desk) -> None:
    await stage(desk, replace(CASE, status=Status.CLOSED), OTHER)
    await type_in(desk, 1, "reopen")
    asked = next(one for one in await desk.letters("answer") if one.payload["buttons"])
    ((agree,),) = asked.payload["buttons"]
    await type_in(desk, 2, "note Нешта новае")
    await press(desk, 2, agree[1])
    assert [case.status for case in await kept(desk)] == ["closed", "new"]


async def test_an_account_that_nobody_knows_any_more_cannot_be_shadowed(
    desk: Desk, clock: FakeClock, ring: KeyRing
) -> None:
    case = replace(CASE, status=Status.CLAIMED, claimant="m-01")
    await stage(desk, case, OTHER)
    clock.advance(days=2)
    ring.turn(clock.now())
    order = Order(Action.SHADOW)
    said = await press(desk, 1, write_token(case, replace(order, check=hash_of(case, order, by="m-01"))))
    assert CASE.code in said
    assert not any(one.shadowed for one in await kept(desk))


@pytest.mark.parametrize(("days", "confirmed"), [(2, 0), (1, 1)])
async def test_what_cannot_be_shadowed_any_more_is_refused_before_it_is_shown(
    desk: Desk, clock: FakeClock, ring: KeyRing, days: int, confirmed: int
) -> None:
    """The control is the day before: there a button to confirm is shown."""
    await stage(desk, replace(CASE, status=Status.CLAIMED, claimant="m-01"), OTHER)
    clock.advance(days=days)
    ring.turn(clock.now())
    (said,) = await type_in(desk, 1, "shadow")
    late = TEXTS.say("be", Line("refusal-shadow-late", {"code": CASE.code}))
    assert (said == late) is not bool(confirmed)
    shown = [row for letter in await desk.letters("answer") for row in letter.payload["buttons"]]
    assert len(shown) == confirmed


async def test_without_a_topic_a_command_asks_which_case_and_takes_a_code(desk: Desk) -> None:
    await stage(desk, CASE, OTHER)
    (said,) = await type_in(desk, 1, "claim", room=ROOM)
    assert "/claim" in said
    (gone,) = await type_in(desk, 1, "claim ZZZZZ", room=ROOM)
    assert "ZZZZZ" in gone
    await type_in(desk, 1, "claim k7qf2", room=Room(NAME, GROUP, "999"))
    assert [case.claimant for case in await kept(desk)] == [None, "m-01"]


async def test_a_command_and_its_answer_are_deleted_even_if_the_answer_never_comes(desk: Desk) -> None:
    await stage(desk, CASE, OTHER)
    await type_in(desk, 1, "claim")
    (gone,) = await desk.letters("unsay")
    due = (desk.clock.now() + timedelta(seconds=60)).isoformat()
    assert (gone.payload["messages"], gone.payload["not_before"]) == (["9"], due)


async def test_a_note_goes_from_the_room_at_once(desk: Desk) -> None:
    await stage(desk, CASE, OTHER)
    await type_in(desk, 1, "note Патэлефанаваць")
    (gone,) = await desk.letters("unsay")
    assert gone.payload["not_before"] == desk.clock.now().isoformat()


@pytest.mark.parametrize("language", TEXTS.languages)
def test_the_groups_menu_offers_every_command_in_every_language(language: str) -> None:
    offered = dict(profiles(TEXTS)[language].group)
    assert tuple(offered) == LISTED
    assert all(1 <= len(words) <= 256 for words in offered.values())


def test_whatever_is_obeyed_is_offered() -> None:
    assert {*ORDERS, *LISTS, *COMMANDS, *ASKED, HELP} == set(LISTED)


async def test_what_takes_longer_to_read_stays_until_it_was_read(desk: Desk) -> None:
    await stage(desk, CASE, OTHER)
    await press(desk, 1, write_token(CASE, Order(Action.CLAIM)))
    (short,) = desk.outcomes[-1].replies
    await press(desk, 2, write_token(CASE, Order(Action.CLOSE, ("done",))))
    (told,) = desk.outcomes[-1].replies
    for reply in (short, told):
        assert reply.alert == (len(reply.text) > GLANCE)
        assert len(reply.text) <= 200


@pytest.mark.parametrize("language", TEXTS.languages)
def test_no_fixed_sentence_is_too_long_for_the_answer_to_a_press(language: str) -> None:
    names = ("code", "other", "by", "members", "day", "axis", "name", "command", "words", "most", "found")
    args: dict[str, str | int | Line] = dict.fromkeys(names, "KKKKKKKK")
    args["usage"] = usage("life")
    keys = [key for key in read_catalogue(language) if key.startswith(("done-", "refusal-"))]
    assert len(keys) > 30
    for key in keys:
        assert len(TEXTS.say(language, Line(key, args))) <= 200, key
