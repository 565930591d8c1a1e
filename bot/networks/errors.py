"""Why a network did not do what we asked, by what helps.

NetworkError
├── TryLater            it asks us to wait `seconds` (429)
├── Unreachable         no answer, a broken one, or 5xx: it may have been done or not
├── NothingThere        the message is gone or too old: count it as done
│   ├── Unchanged       it already reads as wished
│   └── Undeletable     it is there, but may not be deleted any more
├── RoomClosed          blocked, kicked, chat deleted: nothing can be sent there any more
├── ChannelClosed       the moderators' room is not in order: wait until it is
├── TopicMissing        the case's topic was deleted: open a new one
├── RoomMoved           the group became a supergroup with a new id (`room`)
├── Rival               somebody else reads our updates (409)
├── TokenRefused        the token is wrong or revoked: the operator must act
├── Unreadable          an update that cannot be parsed: park it
└── Refused             the request itself is wrong: our mistake
"""

from __future__ import annotations


class NetworkError(Exception):
    """Base; raise one of the others."""


class TryLater(NetworkError):
    """Wait `seconds`, then repeat; take away first what is `left` standing of a post that was cut in two."""

    def __init__(self, seconds: float, *, left: tuple[str, ...] = ()) -> None:
        super().__init__("the network asks us to wait")
        self.seconds = seconds
        self.left = left


class Unreachable(NetworkError):
    """No usable answer; repeat later, it may have been done."""


class NothingThere(NetworkError):
    """The message is gone, unchanged, or too old to touch."""


class Unchanged(NothingThere):
    """The message is there and already reads as wished."""


class Undeletable(NothingThere):
    """The message is there and too old, or not ours, to be deleted."""


class RoomClosed(NetworkError):
    """Nothing can be sent to this room."""


class ChannelClosed(NetworkError):
    """The guard lets nothing into the moderators' room now."""


class TopicMissing(NetworkError):
    """The topic is gone."""


class RoomMoved(NetworkError):
    """The room has a new id."""

    def __init__(self, room: str) -> None:
        super().__init__("the room has a new id")
        self.room = room


class Rival(NetworkError):
    """Another program reads our updates with the same token."""


class TokenRefused(NetworkError):
    """The network does not accept our token."""


class Unreadable(NetworkError):
    """An update is not what the network promises."""


class Refused(NetworkError):
    """The network refuses the request as it is."""
