"""The npm package age-encryption as a second implementation: installed once into a cache, asked in batches.

Missing Node, npm or registry is a reason to skip. A package that is not the pinned one is a failure.
"""

import json
import os
import shutil
import subprocess
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
FILES = ("package.json", "package-lock.json", "age.mjs")


class Missing(Exception):
    """The second implementation cannot be had here; the message says why."""


class Refused(Exception):
    """The second implementation refused the file."""


class NodeAge:
    """age-encryption, one process per batch."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open_all(self, files: Sequence[tuple[str, bytes]]) -> list[bytes | Refused]:
        """Payloads of (identity text, file) pairs."""
        asked = [{"action": "open", "identity": key, "file": _text(file)} for key, file in files]
        return [each if isinstance(each, Refused) else b64decode(each) for each in self._ask(asked)]

    def seal_all(self, plains: Sequence[bytes], recipients: Sequence[str]) -> list[bytes]:
        """One age file per text."""
        asked = [
            {"action": "seal", "recipients": list(recipients), "plain": _text(plain)} for plain in plains
        ]
        return [b64decode(_insist(each)) for each in self._ask(asked)]

    def recipient_of(self, identity: str) -> str:
        """The public text of a secret text."""
        return _insist(self._ask([{"action": "recipient", "identity": identity}])[0])

    def _ask(self, requests: Sequence[object]) -> list[str | Refused]:
        done = subprocess.run(
            ["node", "age.mjs"],
            cwd=self._folder,
            input=json.dumps(requests).encode(),
            capture_output=True,
            check=True,
        )
        answers = json.loads(done.stdout)
        return [Refused(each["refused"]) if "refused" in each else each["answer"] for each in answers]


def install() -> NodeAge:
    """The package, from the cache or freshly installed. Raises Missing."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise Missing(f"{program} is not installed")
    folder = _cache() / sha256(b"".join((HERE / name).read_bytes() for name in FILES)).hexdigest()[:16]
    if not folder.is_dir():
        _install_into(folder)
    return NodeAge(folder)


def _install_into(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        building = Path(scratch) / "age"
        building.mkdir()
        for name in FILES:
            shutil.copy(HERE / name, building)
        _fetch(building)
        with suppress(OSError):  # another run was quicker; its copy is as good
            building.rename(folder)


def _fetch(building: Path) -> None:
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0"]
    done = subprocess.run(["npm", "ci", *options], cwd=building, capture_output=True, text=True, check=False)
    if "EINTEGRITY" in done.stderr:
        raise AssertionError("the registry gave another package than the pinned one")
    if done.returncode:
        raise Missing("npm could not fetch the pinned package")


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "vestka-interop"


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _insist(answer: str | Refused) -> str:
    if isinstance(answer, Refused):
        raise answer
    return answer
