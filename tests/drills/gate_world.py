"""A moderators' group with a history, and the truth about who can read it; the rules are not asked here.

The truth is written from the readers' side alone: who sits inside, who reads past the door (a public group,
a linked channel), and who may come in later and find the history. What the network would answer is derived
from the same state, with its gaps: other bots are on no list of administrators, and whether history is
visible is told to administrators only.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from handlers.guard.facts import Administrator, Facts, Head, House, Rights, Validity, Vetted, View

OURS = "bot"
ANYBODY, AUDIENCE, LATECOMER = "anybody", "audience", "latecomer"
STRANGERS = ("stranger-1", "stranger-2", "other-bot", "deleted-account")
MEMBER, RESTRICTED, ADMIN, OWNER = "member", "restricted", "administrator", "creator"
RIGHTS = ("delete", "restrict", "topics", "invite")
SETTINGS = ("supergroup", "topics", "public", "linked", "history", "protected", "members_may_invite")
GOOD = {
    "supergroup": True,
    "topics": True,
    "public": False,
    "linked": False,
    "history": False,
    "protected": True,
    "members_may_invite": False,
}


@dataclass(slots=True)
class Inside:
    """Somebody's standing in the group."""

    status: str = MEMBER
    anonymous: bool = False
    may_invite: bool = False


@dataclass(slots=True)
class Channel:
    """The group as it is; `links` are ways in that were made past the bot and may still be used."""

    roster: tuple[Vetted, ...]
    inside: dict[str, Inside]
    settings: dict[str, bool] = field(default_factory=lambda: dict(GOOD))
    auto_delete: int | None = 86_400
    rights: set[str] = field(default_factory=lambda: set(RIGHTS))
    bot_is_admin: bool = True
    links: int = 0

    def trusted(self) -> frozenset[str]:
        """Who may read."""
        valid = (entry.account for entry in self.roster if entry.validity is Validity.VALID)
        return frozenset((OURS, *valid))

    def readers(self) -> set[str]:
        """Who can read what is posted at this moment, now or later."""
        found = set(self.inside)
        if self.settings["public"]:
            found.add(ANYBODY)
        if self.settings["linked"]:
            found.add(AUDIENCE)
        ways_in = self.links or self.settings["members_may_invite"] or self.settings["public"]
        if self.settings["history"] and (ways_in or any(one.may_invite for one in self.inside.values())):
            found.add(LATECOMER)
        return found

    def is_unsafe(self) -> bool:
        """Whether somebody could read who may not."""
        return not self.readers() <= self.trusted()


def _head(channel: Channel) -> Head:
    listed = (
        Administrator(name, one.status == OWNER, one.anonymous, one.may_invite or one.status == OWNER)
        for name, one in channel.inside.items()
        if one.status in {ADMIN, OWNER} and name != "other-bot"
    )
    return Head(len(channel.inside), frozenset(listed))


def _house(channel: Channel) -> House:
    told = channel.settings
    return House(
        told["supergroup"],
        told["topics"],
        told["public"],
        told["linked"],
        history_visible=told["history"] and channel.bot_is_admin,
        protected=told["protected"],
        auto_delete=channel.auto_delete,
        members_may_invite=told["members_may_invite"],
    )


def read(channel: Channel, meanwhile: Callable[[int], None]) -> View:
    """One reading in its steps; `meanwhile` may change the group after each (0, 1, 2)."""
    first = _head(channel)
    meanwhile(0)
    house = _house(channel)
    meanwhile(1)
    asked = frozenset(entry.account for entry in channel.roster)
    inside = asked & channel.inside.keys()
    may = channel.rights if channel.bot_is_admin else set()
    rights = Rights(channel.bot_is_admin, *(name in may for name in RIGHTS))
    meanwhile(2)
    return View(Facts(first, _head(channel), house, rights, OURS, frozenset(inside)), channel.roster)


def found(chance: random.Random) -> Channel:
    """A group as it should be, with two to five vetted people, not all of them in it."""
    names = [f"m-{number:02}" for number in range(1, chance.randint(3, 6))]
    roster = tuple(Vetted(name, name) for name in names)
    here = names if chance.random() < 0.6 else chance.sample(names, chance.randint(1, len(names)))
    inside = {name: Inside() for name in here}
    inside[here[0]].status = OWNER
    inside[OURS] = Inside(ADMIN, may_invite=True)
    return Channel(roster, inside)


def _come(channel: Channel, chance: random.Random) -> None:
    """Somebody comes in: known or not, as a member or restricted."""
    name = chance.choice((*STRANGERS, *(entry.account for entry in channel.roster)))
    channel.inside.setdefault(name, Inside(chance.choice((MEMBER, MEMBER, RESTRICTED))))


def _go(channel: Channel, chance: random.Random) -> None:
    others = [name for name in channel.inside if name != OURS]
    if others:
        del channel.inside[chance.choice(others)]


def _use_link(channel: Channel, chance: random.Random) -> None:
    if channel.links:
        channel.links -= 1
        channel.inside.setdefault(chance.choice(STRANGERS[:2]), Inside())


def _make_link(channel: Channel, chance: random.Random) -> None:
    """An owner, or an administrator who may, makes a link that nobody is told of."""
    channel.links += any(
        one.status == OWNER or one.may_invite for name, one in channel.inside.items() if name != OURS
    )


def _promote(channel: Channel, chance: random.Random) -> None:
    others = [one for name, one in channel.inside.items() if name != OURS and one.status != OWNER]
    if others:
        chosen = chance.choice(others)
        chosen.status, chosen.anonymous = ADMIN, chance.random() < 0.5
        chosen.may_invite = chance.random() < 0.3


def _demote(channel: Channel, chance: random.Random) -> None:
    for one in channel.inside.values():
        if one.status == ADMIN and one is not channel.inside.get(OURS):
            one.status, one.anonymous, one.may_invite = MEMBER, False, False


def _flip(channel: Channel, chance: random.Random) -> None:
    name = chance.choice(SETTINGS)
    channel.settings[name] = not channel.settings[name]


def _mend(channel: Channel, chance: random.Random) -> None:
    """A good soul puts everything right that can be seen in the settings."""
    channel.settings, channel.auto_delete = dict(GOOD), 86_400
    channel.rights, channel.bot_is_admin = set(RIGHTS), True
    if chance.random() < 0.7:
        for name in STRANGERS:
            channel.inside.pop(name, None)
        _demote(channel, chance)


def _keep(channel: Channel, chance: random.Random) -> None:
    channel.auto_delete = chance.choice((None, 86_400, 7 * 86_400, 31 * 86_400))


def _disarm(channel: Channel, chance: random.Random) -> None:
    if chance.random() < 0.5:
        channel.bot_is_admin = not channel.bot_is_admin
    else:
        channel.rights ^= {chance.choice(RIGHTS)}


def _reissue(channel: Channel, chance: random.Random) -> None:
    """The roster says something else of somebody."""
    entries = list(channel.roster)
    at = chance.randrange(len(entries))
    entries[at] = Vetted(entries[at].pseudonym, entries[at].account, chance.choice(tuple(Validity)))
    channel.roster = tuple(entries)


MOVES: tuple[Callable[[Channel, random.Random], None], ...] = (_come, _go, _promote, _use_link)
"""What can happen while somebody looks, and the network then tells of."""

CHANGES = (*MOVES, _make_link, _demote, _flip, _mend, _mend, _mend, _keep, _disarm, _reissue)


def change(channel: Channel, chance: random.Random, among: Iterable[Callable[..., None]] = CHANGES) -> None:
    """One thing happens."""
    chance.choice(tuple(among))(channel, chance)
