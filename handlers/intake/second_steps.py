"""What is asked more about an answer that is kept already: region, facility, town, the rest of the story."""

from __future__ import annotations

from dataclasses import replace

from handlers.intake.acts import State
from handlers.intake.answering import asked, carry_on, record, take_words
from handlers.intake.answers import Taken, ask, place, read_numbers, read_words
from handlers.intake.gazetteer import town_in
from handlers.intake.here import Decision, Here, checkpoint, show
from handlers.intake.keeping import add_to_story
from handlers.intake.moving import take_medium
from handlers.intake.offers import offered
from handlers.intake.path import go, unanswered
from handlers.intake.places import read_place
from handlers.intake.tales import is_tale, keep_tale
from handlers.intake.talk import Answer
from handlers.intake.vocabularies import pick_one


def set_region(here: Here) -> Decision:
    """The region of the place, by button; it may decide which town was meant."""
    if here.argument not in {entry.id for entry in here.pack.regions}:
        return show(here, here.talk)
    question = asked(here)
    held = here.talk.answers[question.id]
    meant = read_place(held.words, here.pack.gazetteer).candidates
    town = held.value["town"] or town_in(here.pack.gazetteer, meant, here.argument)
    value = {**place(**held.value), "town": town, "region": here.argument}
    return record(here, question, Taken(replace(held, value=value)))


def type_region(here: Here) -> Decision:
    """The region of the place, typed; anything else is a better description of the place."""
    if is_tale(here):
        return keep_tale(here)
    numbers = read_numbers(here.said, offered(here.pack, here.talk, asked(here)))
    meant = numbers[0] if numbers else pick_one(here.pack.regions, here.said)
    if meant:
        return set_region(replace(here, argument=meant))
    held = here.talk.answers[asked(here).id]
    read = read_place(here.said, here.pack.gazetteer)
    told = Answer(place(town=read.town, region=read.region), words=_joined(held.words, here.said))
    return record(here, asked(here), Taken(told, second=None if read.region else State.REGION))


def set_facility(here: Here) -> Decision:
    """One of the facilities that fit what was typed."""
    question = asked(here)
    held = here.talk.answers[question.id]
    if here.argument not in here.talk.extra.get("found", ()):
        return show(here, here.talk)
    entry = next(each for each in here.pack.questionnaire.entries(question) if each.id == here.argument)
    value = {**held.value, "facility": entry.id, "region": entry.region or held.value["region"]}
    return record(here, question, Taken(replace(held, value=value)))


def type_facility(here: Here) -> Decision:
    """A number of the list, or the name once more."""
    numbers = read_numbers(here.said, offered(here.pack, here.talk, asked(here)))
    return set_facility(replace(here, argument=numbers[0])) if numbers else take_words(here)


def set_town(here: Here) -> Decision:
    """The town of a police station or another place of which there are many."""
    if is_tale(here):
        return keep_tale(here)
    question = asked(here)
    held = here.talk.answers[question.id]
    read = read_place(here.said, here.pack.gazetteer)
    region = read.region or held.value["region"]
    town = read.town or town_in(here.pack.gazetteer, read.candidates, region)
    value = {**held.value, "town": town, "region": region}
    return record(here, question, Taken(Answer(value, words=_joined(held.words, here.said))))


def tell_more(here: Here) -> Decision:
    """One more message of the story. Bare numbers answer the next question: no story is told in numbers."""
    question = asked(here)
    left = unanswered(here.pack, here.talk.answers)
    following = here.pack.questionnaire.find(left[0]) if left and not here.talk.editing else None
    if following and read_numbers(
        here.said, offered(here.pack, go(here.pack, here.talk, left[0]), following)
    ):
        ahead = replace(here, talk=go(here.pack, here.talk, left[0]))
        read = read_words(ask(here.pack, ahead.talk, following, now=here.now), here.said)
        return record(ahead, following, read)
    talk, line = add_to_story(here.pack, here.talk, here.said, question=question.id, message=here.message)
    talk, effects = checkpoint(here, talk, question.id)
    return show(here, talk, *((line,) if line else ()), effects=effects)


def tell_anew(here: Here) -> Decision:
    """Ask for the story again; the old one stays until a new one is written."""
    return show(here, replace(here.talk, step=asked(here).id))


def attach_story(here: Here) -> Decision:
    """A photo or a voice message where the story is asked: its caption begins the story."""
    return take_medium(here, caption_to=take_words)


def attach_more(here: Here) -> Decision:
    """A photo or a voice message within the story: its caption goes on with it."""
    return take_medium(here, caption_to=tell_more)


def pass_second(here: Here) -> Decision:
    """Without more about it: the answer stays as it is."""
    return carry_on(here)


def _joined(held: str, more: str) -> str:
    return f"{held}, {more}" if held else more
