"""What was read about the moderators' group, and who of the roster sits in it: counted, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Validity(StrEnum):
    """What the roster says about a person today."""

    VALID = "valid"
    EARLY = "early"
    EXPIRED = "expired"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Vetted:
    """An entry of the roster with its account on the group's network."""

    pseudonym: str
    account: str = field(repr=False)
    validity: Validity = Validity.VALID


@dataclass(frozen=True, slots=True)
class Administrator:
    """Somebody with rights in the group, the owner included; `anonymous`: acts in the group's name."""

    account: str = field(repr=False)
    owner: bool = False
    anonymous: bool = False
    may_invite: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What is read first and once more at the end: how many are inside, and who has rights."""

    members: int
    administrators: frozenset[Administrator] = field(repr=False)


@dataclass(frozen=True, slots=True)
class House:
    """The group's settings; `auto_delete` is in seconds, None when messages are kept."""

    supergroup: bool
    topics: bool
    public: bool
    linked: bool
    history_visible: bool
    protected: bool
    auto_delete: int | None
    members_may_invite: bool


@dataclass(frozen=True, slots=True)
class Rights:
    """What the bot may do there. Without `pin` nothing is less safe, only harder to find."""

    administrator: bool
    delete: bool
    restrict: bool
    topics: bool
    invite: bool
    pin: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """One reading. `ours` is the bot's own account, `inside` those of the accounts asked for who are in.

    A reading takes several calls. What `first` and `last` say must agree, or somebody moved meanwhile.
    """

    first: Head
    last: Head
    house: House
    rights: Rights
    ours: str = field(repr=False)
    inside: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class View:
    """A reading beside the roster."""

    facts: Facts
    roster: tuple[Vetted, ...]

    @property
    def present(self) -> tuple[Vetted, ...]:
        """Entries of the roster who are in the group, whatever the roster says of them today."""
        return tuple(entry for entry in self.roster if entry.account in self.facts.inside)

    @property
    def strangers(self) -> int:
        """How many are inside beside the bot and the roster; below zero the numbers contradict themselves."""
        return self.facts.last.members - 1 - len({entry.account for entry in self.present})

    @property
    def others(self) -> tuple[Administrator, ...]:
        """Administrators but for the bot."""
        return tuple(one for one in self.facts.last.administrators if one.account != self.facts.ours)

    def names(self, *validities: Validity) -> str:
        """Pseudonyms of those present of whom the roster says one of these."""
        return _joined(entry.pseudonym for entry in self.present if entry.validity in validities)


def _joined(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
