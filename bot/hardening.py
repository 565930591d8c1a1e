"""What a process that holds readable answers for a moment does to itself first.

No core file and no debugger may take its memory to disk, and whatever it writes is its owner's alone.
Source: prctl(2), core(5).
"""

from __future__ import annotations

import ctypes
import os
import sys

_PR_GET_DUMPABLE = 3
_PR_SET_DUMPABLE = 4


def harden() -> None:
    """No core files, no memory for debuggers, umask 077; less where the system has no such thing."""
    os.umask(0o077)
    _refuse_core_files()
    _hide_memory()


def is_dumpable() -> bool:
    """Whether core files are written and others of our account may look into our memory."""
    prctl = _prctl()
    return prctl is None or prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) != 0


def _refuse_core_files() -> None:
    try:
        import resource
    except ImportError:  # not on every system
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _hide_memory() -> None:
    prctl = _prctl()
    if prctl is not None:
        prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _prctl() -> ctypes._NamedFuncPointer | None:
    if sys.platform != "linux":
        return None
    found: ctypes._NamedFuncPointer | None = getattr(ctypes.CDLL(None), "prctl", None)
    return found
