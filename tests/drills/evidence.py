"""What somebody finds who takes everything at one moment, added up over many moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.drills.canaries import Found, Search, files_under
from tests.drills.witnesses import spell_keys


@dataclass
class Evidence:
    """Looks for `canaries` in every file, and for the day keys in every file but their own."""

    canaries: Mapping[str, set[bytes]]
    states: int = 0
    states_hit: int = 0
    found: Found = field(default_factory=Found)
    runtime: Found = field(default_factory=Found)
    written: Found = field(default_factory=Found)

    def __post_init__(self) -> None:
        self._search = Search(self.canaries)

    def look(self, files: Iterable[Path], runtime: Path, *, written: bytes = b"") -> None:
        """One state: files as they lie, the directory of the day keys, and all that was ever written."""
        apart = files_under(runtime)
        keys = Search({"day key": spell_keys(_read_keys(apart))})
        files = set(files) - set(apart)
        found = self._search.in_files(files)
        found.hits += keys.in_files(files).hits
        inside = self._search.in_files(apart)
        passed = Found(bytes=len(written), files=1)
        passed.hits.update(
            {("written", name): times for name, times in self._search.in_bytes(written).items()}
        )
        self.states += 1
        self.states_hit += bool(found.hits)
        for total, one in ((self.found, found), (self.runtime, inside), (self.written, passed)):
            total.add(one)

    def look_once(self, files: Iterable[Path]) -> None:
        """Files that no state changes, such as the program's own."""
        self.found.add(self._search.in_files(files))

    @property
    def hits(self) -> list[str]:
        """Where what was found, without the words."""
        return [*self.found.names(), *self.runtime.names(), *self.written.names()]


def _read_keys(files: Iterable[Path]) -> list[bytes]:
    """Day keys and peppers: two times 32 bytes behind four."""
    whole = [path.read_bytes() for path in files if path.suffix == ".day"]
    return [one for data in whole for one in (data[4:36], data[36:68])]
