"""Tables of phrases for tests: one phrase to a line, columns between bars."""

from __future__ import annotations


def rows(table: str) -> list[tuple[str, ...]]:
    """The lines of a table as tuples; "\\n" in a phrase is a new line."""
    lines = (line for line in table.splitlines() if line.strip())
    return [tuple(cell.strip().replace("\\n", "\n") for cell in line.split("|")) for line in lines]
