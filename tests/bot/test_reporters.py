"""What one event of a private chat leaves in the books, whatever its event is and whatever breaks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.networks import Reply
from bot.sending.screens import ERASE_PRIORITY
from handlers.events import Commanded, Departed, Moved, Pressed, Room, Wrote
from handlers.intake.talk import Talk
from handlers.screens import Line
from storage.errors import DatabaseUnreachable, KeepFailed
from tests.bot.desk import GROUP, NAME, Desk
from tests.journeys.stories import HALF
from tests.storage.samples import make_case

HANNA, PIOTR = Room(NAME, "8589938834"), Room(NAME, "8589938835")


async def start(desk: Desk, *, hint: str) -> None:
    await desk.take(desk.lay(Commanded("start", "", "1"), HANNA, hint=hint))


async def talk_of(desk: Desk) -> Talk | None:
    return await desk.store.run(lambda uow: uow.talks.find(HANNA))


@pytest.mark.parametrize("hint", ["be", "ru", "en"])
async def test_the_first_screen_speaks_as_the_phone_does(desk: Desk, hint: str) -> None:
    await start(desk, hint=hint)
    talk = await talk_of(desk)
    assert talk is not None
    assert talk.language == hint
    labels = [label for row in (await desk.shown(HANNA)).payload["buttons"] for label, _ in row]
    assert desk.instance.texts.say(hint, Line("option-start-stop")) in labels


async def test_a_talk_goes_on_in_its_own_language_whatever_the_phone_says(desk: Desk) -> None:
    await start(desk, hint="ru")
    await desk.take(desk.lay(Commanded("help", "", "2"), HANNA, hint="en"))
    talk = await talk_of(desk)
    assert talk is not None
    assert talk.language == "ru"
    assert desk.outcomes[-1].talks == {HANNA: talk}
    labels = [label for row in (await desk.shown(HANNA)).payload["buttons"] for label, _ in row]
    assert desk.instance.texts.say("ru", Line("option-start-stop")) in labels
    assert desk.instance.texts.say("en", Line("option-start-stop")) not in labels


async def test_the_last_words_of_a_talk_are_in_its_own_language_whatever_the_phone_says(desk: Desk) -> None:
    await start(desk, hint="ru")
    await desk.take(desk.lay(Commanded("stop", "", "2"), HANNA, hint="en"))
    assert await talk_of(desk) is None
    told = (await desk.shown(HANNA)).payload["text"]
    assert told == desk.instance.texts.say("ru", Line("erased"))


async def test_a_press_is_answered_under_its_own_number(desk: Desk) -> None:
    await desk.say(HANNA, *HALF[:2])
    await desk.take(desk.lay(Pressed("nonsense", "5", query="q5"), HANNA))
    assert [reply.query for reply in desk.outcomes[-1].replies] == ["q5"]


async def test_every_press_of_a_batch_is_answered(desk: Desk) -> None:
    await desk.say(HANNA, *HALF[:2])
    presses = [desk.lay(Pressed("nonsense", "5", query=f"q{number}"), HANNA) for number in range(3)]
    await desk.take(*presses)
    assert [reply.query for reply in desk.outcomes[-1].replies] == ["q0", "q1", "q2"]


async def test_moderators_presses_of_one_batch_are_answered_in_their_order(desk: Desk) -> None:
    await desk.store.run(lambda uow: uow.cases.add(make_case()))
    token = f"t:claim:{make_case().id[:8].hex()}:1"
    presses = [
        desk.lay(Pressed(token, "5", f"q{number}"), Room(NAME, GROUP), sender=f"900{number}", private=False)
        for number in (1, 2)
    ]
    await desk.take(*presses)
    assert [reply.query for reply in desk.outcomes[-1].replies] == ["q1", "q2"]
    (case,) = await desk.store.run(lambda uow: uow.cases.all())
    assert case.claimant == "m-01"


async def test_a_press_in_the_group_and_one_in_private_are_both_answered(desk: Desk) -> None:
    await desk.say(HANNA, *HALF[:2])
    private = desk.lay(Pressed("nonsense", "5", query="q1"), HANNA)
    public = desk.lay(Pressed("t:x", "5", "q2"), Room(NAME, GROUP), sender="9001", private=False)
    again = desk.lay(Pressed("nonsense", "5", query="q3"), HANNA)
    await desk.take(private, public, again)
    assert [reply.query for reply in desk.outcomes[-1].replies] == ["q1", "q2", "q3"]


async def test_whoever_blocks_us_leaves_a_chat_to_be_emptied_and_no_talk(desk: Desk) -> None:
    await desk.say(HANNA, *HALF[:2])
    await desk.take(desk.lay(Departed(), HANNA))
    await desk.take(desk.lay(Departed(), HANNA))
    (letter,) = await desk.letters("erase")
    assert letter.payload == {"kind": "erase", "network": NAME, "room": HANNA.id}
    assert (letter.slot, letter.priority) == (f"erase:{NAME}:{HANNA.id}", ERASE_PRIORITY)
    assert len(letter.id) == 16
    assert await desk.store.run(lambda uow: uow.talks.find(HANNA)) is None
    assert desk.outcomes[-2].talks == {HANNA: None}


async def test_what_has_no_message_leaves_no_trace_of_one(desk: Desk) -> None:
    await desk.take(desk.lay(Departed(), HANNA))
    assert await desk.store.run(lambda uow: uow.traces.of(HANNA)) == []


async def test_what_the_database_refuses_is_set_aside_told_and_not_read_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.chance.fails = KeepFailed("this value")
    refused = desk.lay(Wrote("Добры дзень", "1"), HANNA)
    await desk.take(refused)
    (parked,) = await desk.store.run(lambda uow: uow.letters.all())
    assert (parked.raw, parked.reason) == (refused.body, "KeepFailed")
    assert "update.refused" in caplog.text
    assert await desk.position() == str(int(refused.key) + 1)
    desk.chance.fails = None
    await desk.take(refused)
    assert await desk.letters("show") == []


async def test_a_database_that_goes_in_the_middle_moves_no_position(desk: Desk) -> None:
    await desk.say(HANNA, *HALF[:1])
    before = await desk.position()
    desk.chance.fails = DatabaseUnreachable("gone")
    with pytest.raises(DatabaseUnreachable):
        await desk.take(desk.lay(Wrote("Добры дзень", "1"), HANNA))
    assert await desk.position() == before


async def test_what_was_typed_is_remembered_to_be_deleted_and_a_press_is_not(desk: Desk) -> None:
    await desk.take(desk.lay(Wrote("Добры дзень", "77"), HANNA))
    await desk.take(desk.lay(Pressed("nonsense", "78", query="q"), HANNA))
    traces = await desk.store.run(lambda uow: uow.traces.of(HANNA))
    assert [(line.message, line.mine) for line in traces] == [("77", False)]


async def test_an_apology_speaks_the_talks_language_comes_below_and_answers_the_press(desk: Desk) -> None:
    await start(desk, hint="ru")
    desk.chance.fails = RuntimeError("no chance")
    await desk.take(
        desk.lay(Pressed("x", "5", query="q5"), HANNA, hint="en"),
        desk.lay(Pressed("x", "5", query="q6"), HANNA, hint="en"),
    )
    letter = await desk.shown(HANNA)
    assert letter.payload["text"] == desk.instance.texts.say("ru", Line("sorry"))
    assert letter.payload["below"] is True
    assert desk.outcomes[-1].replies == [Reply("q5"), Reply("q6")]


async def test_an_apology_to_a_stranger_speaks_as_the_phone_does_and_answers_no_press(desk: Desk) -> None:
    desk.chance.fails = RuntimeError("no chance")
    await desk.take(desk.lay(Wrote("Hello", "1"), HANNA, hint="en"))
    assert (await desk.shown(HANNA)).payload["text"] == desk.instance.texts.say("en", Line("sorry"))
    assert desk.outcomes[-1].replies == []


async def test_nobody_who_has_blocked_us_is_told_that_we_are_sorry(desk: Desk) -> None:
    desk.chance.fails = RuntimeError("no chance")
    await desk.take(desk.lay(Departed(), HANNA))
    assert await desk.letters("show") == []


async def test_whoever_comes_back_after_a_loss_is_told_of_it(desk: Desk) -> None:
    desk.instance.memory.lost_until = desk.clock.now() + timedelta(days=1)
    await desk.take(desk.lay(Wrote("працяг", "1"), HANNA))
    told = (await desk.shown(HANNA)).payload["text"]
    assert told.startswith(desk.instance.texts.say("be", Line("lost")))


async def test_codes_that_stay_taken_park_the_update_and_end_the_drawing(desk: Desk) -> None:
    await desk.say(HANNA, *HALF[:-1])
    await desk.say(PIOTR, *HALF[:-1])
    desk.chance.draws = [bytes(32)]
    await desk.say(HANNA, HALF[-1])
    desk.chance.draws = [bytes(32)] * 20
    await desk.say(PIOTR, HALF[-1])
    (parked,) = await desk.store.run(lambda uow: uow.letters.all())
    assert parked.reason == "CodeTaken"
    assert len(desk.chance.draws) == 20 - 9


async def test_a_group_that_moved_raises_the_alarm(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    await desk.take(desk.lay(Moved("-1009"), Room(NAME, GROUP), private=False))
    assert "group.moved" in caplog.text


async def test_updates_of_two_networks_with_one_number_are_two(desk: Desk) -> None:
    raw = desk.lay(Wrote("Добры дзень", "1"), HANNA)
    await desk.take(raw)
    serial = (await desk.shown(HANNA)).id
    desk.network.name = "matrix"
    await desk.take(raw)
    assert (await desk.shown(HANNA)).id != serial
