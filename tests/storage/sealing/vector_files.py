"""The committed vectors, read back from their text."""

from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "vectors"


@dataclass(frozen=True, slots=True)
class Vector:
    """One file of tests/vectors."""

    name: str
    fields: dict[str, str]
    data: bytes


def read_vector(name: str) -> Vector:
    """One vector by its name."""
    head, _, body = (FOLDER / f"{name}.txt").read_text("utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return Vector(name, fields, b64decode("".join(body.split())))


def read_vectors(form: str) -> list[Vector]:
    """All vectors of one format, by name."""
    every = (read_vector(path.stem) for path in sorted(FOLDER.glob("*.txt")))
    return [vector for vector in every if vector.fields["format"] == form]
