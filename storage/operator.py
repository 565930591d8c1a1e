"""The operator's secrets: one file under one passphrase, unlocked at start, never written by the running bot.

The file is a VKF1 container (docs/format.md). Its content is JSON; byte values are lower-case hexadecimal.
"""

from __future__ import annotations

import os
import secrets as chance
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from storage.errors import SecretsRefused
from storage.sealing.errors import KeyfileError
from storage.sealing.keyfile import DEFAULT, Cost, cost_of, lock, unlock

_KIND = "operator"
_VERSION = 1
_LONGEST = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorSecrets:
    """What only the operator's passphrase opens.

    `signing_seed` (32 bytes) signs what the bot seals, `case_key` (32 bytes) opens case state, `roster` is
    the signed document as it came, `roster_serial` the last serial accepted, `telegram_group` the
    moderators' chat.
    """

    signing_seed: bytes = field(repr=False)
    case_key: bytes = field(repr=False)
    telegram_token: str = field(default="", repr=False)
    telegram_group: str = field(default="", repr=False)
    roster: bytes = field(default=b"", repr=False)
    roster_serial: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        if len(self.signing_seed) != 32 or len(self.case_key) != 32:
            raise SecretsRefused(
                "The secrets file holds a key of the wrong length. Restore it from its backup."
            )

    @classmethod
    def generate(cls, *, random: Callable[[int], bytes] = chance.token_bytes) -> OperatorSecrets:
        """Fresh keys for a new instance."""
        return cls(signing_seed=random(32), case_key=random(32))


_BYTES = frozenset({"signing_seed", "case_key", "roster"})
_NAMES = frozenset(known.name for known in fields(OperatorSecrets))


def load(path: Path, passphrase: str) -> OperatorSecrets:
    """Open the secrets file.

    :raises SecretsRefused: missing, wrong passphrase, damaged, or with an entry this version does not know.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST + 1)
        content = unlock(data, passphrase)
    except FileNotFoundError:
        raise SecretsRefused(f"There is no secrets file {path}. Run `vestka init` to make one.") from None
    except OSError as error:
        raise SecretsRefused(f"The secrets file {path} cannot be read: {error.strerror}.") from None
    except KeyfileError as error:
        raise SecretsRefused(f"{path}: {error}") from None
    return _check(path, content)


def save(
    path: Path,
    secrets: OperatorSecrets,
    *,
    passphrase: str,
    cost: Cost | None = None,
    replace: bool = False,
) -> None:
    """Write the secrets file, whole or not at all, mode 0600; an existing one only with `replace`.

    Without a `cost` the file costs what the one in its place did, or the default.

    :raises SecretsRefused: it exists already, the passphrase is empty, or the folder cannot be written.
    """
    if path.exists() and not replace:
        raise _exists(path)
    try:
        data = lock(_spell(secrets), passphrase, cost=cost or _cost_so_far(path))
    except KeyfileError as error:
        raise SecretsRefused(f"{path}: {error}") from None
    try:
        _put(path, data, replace=replace)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise SecretsRefused(f"The secrets file {path} cannot be written: {error.strerror}.") from None


def _cost_so_far(path: Path) -> Cost:
    try:
        return cost_of(path.read_bytes())
    except (OSError, KeyfileError):
        return DEFAULT


def _exists(path: Path) -> SecretsRefused:
    return SecretsRefused(
        f"{path} is there already and is not overwritten: its keys open this instance's cases."
    )


def _spell(secrets: OperatorSecrets) -> dict[str, object]:
    values = {name: getattr(secrets, name) for name in sorted(_NAMES)}
    readable = {name: value.hex() if isinstance(value, bytes) else value for name, value in values.items()}
    return {"kind": _KIND, "v": _VERSION, **readable}


def _check(path: Path, content: dict[str, object]) -> OperatorSecrets:
    if content.pop("kind", None) != _KIND or content.pop("v", None) != _VERSION:
        raise SecretsRefused(
            f"{path} is a key file, but not an operator's secrets file. Check places.secrets."
        )
    if unknown := sorted(set(content) - _NAMES):
        raise SecretsRefused(
            f"{path} holds entries this version does not know: {', '.join(unknown)}. Update Vestka."
        )
    try:
        return OperatorSecrets(**{name: _value(name, value) for name, value in content.items()})
    except (TypeError, ValueError):
        pass
    raise SecretsRefused(f"{path} opens, but an entry is missing or damaged. Restore it from its backup.")


def _value(name: str, value: object) -> Any:
    """One entry as the type it must have."""
    if name in _BYTES:
        return bytes.fromhex(str(value))
    wanted = int if name == "roster_serial" else str
    if type(value) is not wanted:
        raise TypeError(name)
    return value


def _put(path: Path, data: bytes, *, replace: bool) -> None:
    """Write beside, make durable, move into place, make the move durable."""
    half = path.with_name(f".{path.name}.{chance.token_hex(4)}")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            half.replace(path)
        else:
            os.link(half, path)  # fails if somebody else has made it meanwhile
    finally:
        half.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
