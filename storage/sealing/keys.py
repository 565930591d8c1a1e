"""What key files hold: a moderator's identity, the root, the recovery key (docs/format.md, 3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from storage.sealing.errors import DamagedKeyfile, SealingError
from storage.sealing.recipients import Identity
from storage.sealing.signatures import SigningKey


@dataclass(frozen=True, slots=True)
class IdentityKey:
    """A moderator: opens reports with `identity`, signs acts with `signing`."""

    mod: str
    identity: Identity
    signing: SigningKey

    @classmethod
    def generate(cls, mod: str) -> "IdentityKey":
        """New keys for a pseudonym."""
        return cls(mod, Identity.generate(), SigningKey.generate())

    def to_content(self) -> dict[str, object]:
        """What `lock` takes."""
        seeds = {"seed": self.identity.seed.hex(), "sig": self.signing.seed.hex()}
        return {"kind": "identity", "v": 1, "mod": self.mod, **seeds}


@dataclass(frozen=True, slots=True)
class RootKey:
    """The organisation: signs rosters, stays offline."""

    signing: SigningKey

    @classmethod
    def generate(cls) -> "RootKey":
        """A new root."""
        return cls(SigningKey.generate())

    def to_content(self) -> dict[str, object]:
        """What `lock` takes."""
        return {"kind": "root", "v": 1, "seed": self.signing.seed.hex()}


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """The offline key that opens every report when all moderators are gone."""

    identity: Identity

    @classmethod
    def generate(cls) -> "RecoveryKey":
        """A new recovery key."""
        return cls(Identity.generate())

    def to_content(self) -> dict[str, object]:
        """What `lock` takes."""
        return {"kind": "recovery", "v": 1, "seed": self.identity.seed.hex()}


Key = IdentityKey | RootKey | RecoveryKey


def key_from_content(content: Mapping[str, object]) -> Key:
    """The typed key in what `unlock` gave.

    Raises:
        DamagedKeyfile: the content is none of the three kinds, or not whole.
    """
    try:
        return _READERS[content["kind"], content["v"]](content)
    except (KeyError, TypeError, ValueError, SealingError):
        raise DamagedKeyfile(
            "The key file does not hold an identity, a root or a recovery key. "
            "Check that it is the right file."
        ) from None


def _seed(content: Mapping[str, object], name: str) -> bytes:
    return bytes.fromhex(str(content[name]))


def _read_identity(content: Mapping[str, object]) -> IdentityKey:
    signing = SigningKey.from_seed(_seed(content, "sig"))
    return IdentityKey(str(content["mod"]), Identity.from_seed(_seed(content, "seed")), signing)


def _read_root(content: Mapping[str, object]) -> RootKey:
    return RootKey(SigningKey.from_seed(_seed(content, "seed")))


def _read_recovery(content: Mapping[str, object]) -> RecoveryKey:
    return RecoveryKey(Identity.from_seed(_seed(content, "seed")))


_READERS: Mapping[tuple[object, object], Callable[[Mapping[str, object]], Key]] = {
    ("identity", 1): _read_identity,
    ("root", 1): _read_root,
    ("recovery", 1): _read_recovery,
}
