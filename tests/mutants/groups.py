"""What is changed, and which tests are to notice: fast ones, close to the code, without processes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

LEAST = 0.9  # share of the mutants of a group that tests must kill


@dataclass(frozen=True, slots=True)
class Group:
    """Files that keep one promise, and the tests of that promise, both as patterns."""

    promise: str
    files: tuple[str, ...]
    tests: tuple[str, ...]

    def list_tests(self, root: Path) -> list[str]:
        """The files and folders of tests below `root`; a pattern without one is a mistake here."""
        found = {pattern: sorted(root.glob(pattern)) for pattern in self.tests}
        assert all(found.values()), [pattern for pattern, paths in found.items() if not paths]
        return sorted({str(path.relative_to(root)) for paths in found.values() for path in paths})


_STORES = tuple(
    f"tests/storage/test_{name}*.py"
    for name in ("cases", "database", "outbox", "small_stores", "talks", "volatile", "writer")
)
GROUPS: Final = {
    "sealing": Group(
        "The server holds no key that opens a finished report.",
        ("storage/sealing/*.py",),
        ("tests/storage/sealing",),
    ),
    "ingest": Group(
        "Acknowledged means kept, once.",
        (
            "bot/dispatch.py",
            "bot/networks/telegram_shapes.py",
            "bot/networks/telegram_reading.py",
            "bot/reporters.py",
            "storage/commits.py",
            "storage/rows.py",
            "storage/seen.py",
        ),
        (
            "tests/bot/test_dispatch*.py",
            "tests/bot/test_reporters*.py",
            "tests/bot/networks/test_telegram_shapes*.py",
            "tests/bot/networks/test_telegram_reading*.py",
            "tests/storage/test_audit.py",
            "tests/storage/test_doubt.py",
            "tests/storage/test_leases.py",
            *_STORES,
        ),
    ),
    "gate": Group(
        "Nothing leaves but what may, and when it may.",
        ("bot/channel.py", "bot/sending/gate.py", "bot/sending/verdicts.py", "handlers/triage/cards.py"),
        (
            "tests/bot/test_channel*.py",
            "tests/bot/test_gate*.py",
            "tests/bot/test_sender.py",
            "tests/bot/test_sender_budgets.py",
            "tests/handlers/triage",
        ),
    ),
    "volatile": Group(
        "What dies with the power, or after two days, is gone.",
        ("storage/runtime_directory.py", "storage/vault.py", "storage/volatile.py"),
        ("tests/storage/test_runtime_directory.py", "tests/storage/test_vault.py", *_STORES),
    ),
}
