"""How one parameter is read: its type, its limits, and what is said when it is wrong."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.doubles.telegram.refusals import Because, Refused, mistaken

INTEGER = re.compile(r"-?\d{1,19}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    mime: str
    data: bytes

    def __repr__(self) -> str:
        return f"Upload({self.name!r}, {len(self.data)} bytes)"


Reader = Callable[["Parameter", Any], Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """Name, reader and limits: of a number its value, of a text its length, of a list its count."""

    name: str
    read: Reader
    required: bool = False
    least: int | None = None
    most: int | None = None

    def within(self, size: int, *, what: str) -> None:
        if (self.least is not None and size < self.least) or (self.most is not None and size > self.most):
            raise mistaken(f"parameter {self.name}: {what} {size} is not within {self.least}..{self.most}")


def _wrong(parameter: Parameter, wanted: str) -> Refused:
    return mistaken(f'parameter "{parameter.name}" must be {wanted}')


def integer(parameter: Parameter, value: Any) -> int:
    if isinstance(value, str) and INTEGER.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(parameter, "an Integer")
    parameter.within(value, what="value")
    return value


def boolean(parameter: Parameter, value: Any) -> bool:
    known = {"true": True, "false": False, "1": True, "0": False}
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value not in known:
        raise _wrong(parameter, "a Boolean: true or false")
    return known[value]


def text(parameter: Parameter, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(parameter, "a String")
    parameter.within(len(value), what="length")
    return value


def chat(parameter: Parameter, value: Any) -> int | str:
    """A number or @username; empty is refused as the real one does."""
    if value == "":
        raise Refused(Because.CHAT_ID_EMPTY)
    if isinstance(value, str) and value.startswith("@"):
        return value
    return integer(parameter, value)


def _decoded(parameter: Parameter, value: Any, *, wanted: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise _wrong(parameter, f"JSON: {wanted}") from None


def objects(parameter: Parameter, value: Any) -> list[dict[str, Any]]:
    found = _decoded(parameter, value, wanted="an Array of objects")
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _wrong(parameter, "an Array of objects")
    parameter.within(len(found), what="count")
    return found


def mapping(parameter: Parameter, value: Any) -> dict[str, Any]:
    found = _decoded(parameter, value, wanted="an object")
    if not isinstance(found, dict):
        raise _wrong(parameter, "an object")
    return found


def integers(parameter: Parameter, value: Any) -> list[int]:
    found = _decoded(parameter, value, wanted="an Array of Integer")
    if not isinstance(found, list) or any(isinstance(one, bool) or not isinstance(one, int) for one in found):
        raise _wrong(parameter, "an Array of Integer")
    parameter.within(len(found), what="count")
    return found


def strings(parameter: Parameter, value: Any) -> list[str]:
    found = _decoded(parameter, value, wanted="an Array of String")
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise _wrong(parameter, "an Array of String")
    return found


def file(parameter: Parameter, value: Any) -> Upload | str:
    if isinstance(value, Upload) or (isinstance(value, str) and value):
        return value
    raise _wrong(parameter, "a file or a file_id")
