"""The folder that holds an opened digest: private, filled all at once, never half."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import InputRefused

_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600


def check_folder(path: Path, *, replace: bool) -> None:
    """Refuse a folder that cannot take the files, before anybody types a passphrase.

    :raises InputRefused: it is a file, or holds something already and `replace` was not said.
    """
    if path.exists() and not path.is_dir():
        raise InputRefused(f"{path} is a file. Name a folder with --out.")
    if path.is_dir() and any(path.iterdir()) and not replace:
        raise InputRefused(f"The folder {path} is not empty. Name another with --out, or add --replace.")


def fill_folder(
    path: Path, names: Sequence[str], write: Callable[[Mapping[str, Path]], object]
) -> list[Path]:
    """Let `write` fill all files aside, then move them into place; a failure leaves what was there before.

    :raises InputRefused: the folder cannot be written to.
    """
    found = path.exists()
    try:
        return _fill(path, names, write)
    except OSError:
        raise InputRefused(f"The folder {path} cannot be written to. Check rights and free space.") from None
    finally:
        if not found:
            with suppress(OSError):  # filled, or never made
                path.rmdir()


def _fill(path: Path, names: Sequence[str], write: Callable[[Mapping[str, Path]], object]) -> list[Path]:
    path.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    path.chmod(_PRIVATE_FOLDER)
    with TemporaryDirectory(dir=path, prefix=".part-") as aside:
        drafts = {name: Path(aside) / name for name in names}
        for draft in drafts.values():
            draft.touch(mode=_PRIVATE_FILE)
        write(drafts)
        for draft in drafts.values():
            draft.chmod(_PRIVATE_FILE)
        return [draft.replace(path / name) for name, draft in drafts.items()]
