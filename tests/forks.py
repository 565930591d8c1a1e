"""The program in a process of its own, without a second of imports before each.

A server that has imported the whole product forks once per command: the command has its own arguments,
environment, folder, streams, limits and exit status, exactly as when it is started; what it does not do again
is read its own code. Where the start itself is what a test is about, the test starts the program.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired

_PRELOADED = ("tests.preloaded",)
_LONGEST = 60  # seconds


def run_fork(
    arguments: Sequence[object], *, env: Mapping[str, str], cwd: Path | None = None
) -> CompletedProcess[str]:
    """One command to its end, with nothing to read from."""
    words = [str(each) for each in arguments]
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    with tempfile.TemporaryDirectory() as folder:
        streams = (Path(folder) / "out", Path(folder) / "err")
        process = context.Process(
            target=_play, args=(words, dict(env), str(cwd or Path.cwd()), *map(str, streams))
        )
        process.start()
        process.join(_LONGEST)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutExpired(words, _LONGEST)
        out, err = (path.read_text("utf-8") for path in streams)
    return CompletedProcess(words, process.exitcode, out, err)


def _play(words: list[str], env: dict[str, str], folder: str, out: str, err: str) -> None:
    """In the fork: become the program."""
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    tempfile.tempdir = None
    for number, path in ((0, os.devnull), (1, out), (2, err)):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(path, flags, 0o600), number)
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(open(number, mode, buffering=0, closefd=False), "utf-8", write_through=True)  # noqa: SIM115
        for number, mode in ((0, "rb"), (1, "wb"), (2, "wb"))
    )
    sys.argv = ["vestka", *words]
    from bot.__main__ import main

    main()
