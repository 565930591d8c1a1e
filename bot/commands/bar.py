"""A progress bar on a terminal, where the work takes a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Watch:
    """To be told how much of how much is done; draws nothing for less than `worth` in all."""

    def __init__(self, words: str, worth: int) -> None:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        self.bar = Progress(console=console, transient=True)
        self._words, self._worth = words, worth
        self._visible = console.is_terminal

    def __call__(self, done: int, total: int) -> None:
        if not self._visible or total < self._worth:
            return
        if not self.bar.tasks:
            self.bar.start()
            self.bar.add_task(self._words, total=total)
        self.bar.update(self.bar.tasks[0].id, completed=done)


@contextmanager
def watching(words: str, *, worth: int) -> Iterator[Watch]:
    """The bar goes at the end, whatever happens."""
    watch = Watch(words, worth)
    try:
        yield watch
    finally:
        watch.bar.stop()
