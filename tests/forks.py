"""The program in a process of its own, without a second of imports before each.

A server that has imported the whole product forks once per command: the command has its own arguments,
environment, folder, streams, limits and exit status, exactly as when it is started; what it does not do again
is read its own code. Where the start itself is what a test is about, the test starts the program.

`forked_program` is the same for scripts of a shell.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, UnixStreamServer
from subprocess import CompletedProcess, TimeoutExpired
from threading import Thread

_CLIENT = Path(__file__).with_name("fork_client.py")
_PRELOADED = ("tests.preloaded",)
_LONGEST = 60  # seconds


def run_fork(
    arguments: Sequence[object],
    *,
    env: Mapping[str, str],
    cwd: Path | None = None,
    umask: int | None = None,
) -> CompletedProcess[str]:
    """One command to its end, with nothing to read from; the umask is ours unless another is given."""
    words = [str(each) for each in arguments]
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    with tempfile.TemporaryDirectory() as folder:
        streams = (Path(folder) / "out", Path(folder) / "err")
        process = context.Process(
            target=_play, args=(words, dict(env), str(cwd or Path.cwd()), *map(str, streams), umask)
        )
        process.start()
        process.join(_LONGEST)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutExpired(words, _LONGEST)
        out, err = (path.read_text("utf-8") for path in streams)
    return CompletedProcess(words, process.exitcode, out, err)


@contextmanager
def forked_program(path: Path, *, started: str = "") -> Iterator[Path]:
    """`path` becomes `vestka` for a shell; each command is played in a fork, `started` is really started."""
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder) / "forks"
        path.write_text(
            f'#!/bin/sh\n[ "$1" = "{started}" ] && exec "{sys.executable}" -m bot "$@"\n'
            f'exec "{sys.executable}" -I -S "{_CLIENT}" "{socket}" "$@"\n'
        )
        path.chmod(0o700)
        with UnixStreamServer(str(socket), _Handover) as server:
            thread = Thread(target=server.serve_forever, args=(0.05,))
            thread.start()
            try:
                yield path
            finally:
                server.shutdown()
                thread.join()


class _Handover(StreamRequestHandler):
    """Plays one command of a shell."""

    def handle(self) -> None:
        words, env, folder, umask = json.loads(self.rfile.readline())
        done = run_fork(words, env=env, cwd=Path(folder), umask=umask)
        self.wfile.write(json.dumps([done.returncode, done.stdout, done.stderr]).encode())


def _play(words: list[str], env: dict[str, str], folder: str, out: str, err: str, umask: int | None) -> None:
    """In the fork: become the program."""
    if umask is not None:
        os.umask(umask)
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
