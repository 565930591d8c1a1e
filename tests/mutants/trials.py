"""Every mutant in a process of its own, forked from one that has read all tests and run them once.

`python -m tests.mutants.trials` in a workshop: lets mutmut write the mutants into its folder `mutants`, takes
those without a verdict, runs for each the tests that reach its function until one fails, and writes the
verdict where mutmut keeps it. First come the tests that noticed another mutant of that function, then the
quick ones.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest
from mutmut.__main__ import create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import (
    copy_also_copy_files,
    copy_src_dir,
    setup_source_paths,
    walk_mutatable_files,
)

from tests.mutants.explained import PAGE, find_reason, read_reasons
from tests.mutants.results import read_mutant
from tests.mutants.samples import draw

LIVED, NOTICED, UNREACHED = 0, 1, 33  # as mutmut writes them; a hung one dies of SIGALRM
_PATIENCE: Final = 20.0  # seconds, and times of what it took, after which a test has hung
_OWN = ("-q", "--rootdir=.", "--assert=plain", "--capture=sys", "-p", "no:timeout")


class Trials:
    """A pytest plugin: runs all tests as they are, then some of them for each mutant."""

    def __init__(self, chosen: Mapping[str, SourceFileMutationData], scratch: Path) -> None:
        self._chosen = chosen
        self._scratch = scratch
        self._spoilt = False
        self._seconds: dict[pytest.Item, float] = {}
        self._reaching: dict[str, set[pytest.Item]] = defaultdict(set)
        self._noticed: dict[str, dict[pytest.Item, None]] = defaultdict(dict)

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> None:
        """One failure is enough: nobody reads what pytest would write about it."""
        if self._spoilt and call.excinfo and not isinstance(call.excinfo.value, pytest.skip.Exception):
            os._exit(NOTICED)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Before anything is changed, all tests must pass."""
        if report.failed:
            pytest.exit(f"{report.nodeid} fails as things are:\n{report.longreprtext}", 1)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Every trial there is; nothing is left for pytest itself to run."""
        if session.testsfailed:
            pytest.exit("some tests cannot be read", 1)
        for number, item in enumerate(session.items, 1):
            _show(f"test {number} of {len(session.items)}")
            self._rehearse(item)
        gc.collect()
        gc.freeze()  # what is ready is shared with every fork
        self._check("fail", session.items, due=NOTICED)
        for number, (name, data) in enumerate(self._chosen.items(), 1):
            if data.exit_code_by_key[name] is None:
                data.exit_code_by_key[name] = self._try(name)
                data.save()
            _show(f"mutant {number} of {len(self._chosen)}")
        self._check("", session.items, due=LIVED)
        return True

    def _check(self, name: str, items: Sequence[pytest.Item], *, due: int) -> None:
        """Control: with everything broken a test notices; as things are, all pass in a fork."""
        code, begun = self._fork(name, items)
        if code != due:
            pytest.exit(f"the trial {name!r} ended with {code} at {items[begun - 1].nodeid}", 1)

    def _rehearse(self, item: pytest.Item) -> None:
        """Note which functions a test reaches, with all its fixtures, and how long it takes."""
        set_mutant_under_test("stats")
        state()._stats.clear()
        start = time.perf_counter()
        _run(item, following=None)
        self._seconds[item] = time.perf_counter() - start
        for function in state()._stats:
            self._reaching[function].add(item)
        self._tidy()

    def _try(self, name: str) -> int:
        reached = name.replace("__init__.", "")
        function = reached.rpartition("__mutmut_")[0]
        items = self._order(function)
        if not items:
            return UNREACHED
        code, begun = self._fork(reached, items)
        if code != LIVED:
            self._noticed[function][items[begun - 1]] = None
        return code

    def _fork(self, name: str, items: Sequence[pytest.Item]) -> tuple[int, int]:
        """What became of a mutant, and how many tests were begun."""
        read, write = os.pipe()
        child = os.fork()
        if not child:
            self._spoil(name, items, write)
        os.close(write)
        _, status = os.waitpid(child, 0)
        with os.fdopen(read, "rb") as file:
            begun = len(file.read())
        self._tidy()
        return os.waitstatus_to_exitcode(status), begun

    def _order(self, function: str) -> list[pytest.Item]:
        known = self._noticed[function]
        rest = sorted(self._reaching[function].difference(known), key=self._seconds.__getitem__)
        return [*known, *rest]

    def _spoil(self, name: str, items: Sequence[pytest.Item], write: int) -> NoReturn:
        """In the fork: one byte for each test begun, so that its parent knows which one noticed."""
        self._spoilt = True
        set_mutant_under_test(name)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        for item, following in zip(items, [*items[1:], None], strict=True):
            os.write(write, b".")
            signal.setitimer(signal.ITIMER_REAL, _PATIENCE * (1 + self._seconds[item]))
            with contextlib.suppress(KeyboardInterrupt):
                _run(item, following=following)
                continue
            os._exit(NOTICED)
        os._exit(LIVED)

    def _tidy(self) -> None:
        for left in self._scratch.glob("*"):  # there is none before a test has asked for one
            shutil.rmtree(left, ignore_errors=True)


def _run(item: pytest.Item, *, following: pytest.Item | None) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def _show(words: str) -> None:
    print(f"\r{words}\033[K", end="", file=sys.__stderr__, flush=True)


def main() -> None:
    """Change what is to be changed, and try what has no verdict yet; exit status of pytest."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants.trials", description=__doc__)
    parser.add_argument("--sample", type=int, help="so many drawn by chance")
    parser.add_argument("--seed", type=int, default=1, help="for drawing (1)")
    parser.add_argument("--believe", action="store_true", help="do not try what the page explains: it lives")
    told = parser.parse_args()
    files = _generate()
    if told.believe:
        _believe(files)
    names = {name: data for data in files for name in data.exit_code_by_key}
    chosen = {name: names[name] for name in draw(names, size=told.sample, seed=told.seed)}
    settings = config()
    os.chdir("mutants")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "tests"
        words = (*settings.pytest_add_cli_args, *settings.pytest_add_cli_args_test_selection)
        sys.exit(pytest.main([*_OWN, f"--basetemp={scratch}", *words], [Trials(chosen, scratch)]))


def _generate() -> list[SourceFileMutationData]:
    """Let mutmut write the mutants of every file that has none yet; what became of them so far."""
    set_mutant_under_test("mutant_generation")
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    with contextlib.redirect_stdout(None):
        create_mutants(1)
    files = [SourceFileMutationData(path=path) for path in walk_mutatable_files()]
    for data in files:
        data.meta_path = data.meta_path.absolute()
        data.load()
    return files


def _believe(files: Sequence[SourceFileMutationData]) -> None:
    """Survivors take longest: every test that reaches them runs."""
    reasons = read_reasons(PAGE.read_text("utf-8"))
    for data in files:
        for name, code in data.exit_code_by_key.items():
            mutant = read_mutant(name, LIVED, data.meta_path.with_suffix(""))
            if code is None and find_reason(mutant, reasons) is not None:
                data.exit_code_by_key[name] = LIVED
        data.save()


if __name__ == "__main__":
    main()
