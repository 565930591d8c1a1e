"""How often Python's collector looks for garbage in circles, once everything is loaded.

Most of what a step leaves behind goes by counting; the collector finds little, and looks through all that was
loaded at the start to find it.
"""

from __future__ import annotations

import gc

_NEW_OBJECTS = 50_000  # some MB of the smallest; Python's own number is 700


def collect_rarely() -> None:
    """Never again look at what is there now, and rarely at what comes; to be said once, after the start."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
