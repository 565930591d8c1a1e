"""Canonical JSON (RFC 8785): one content, one spelling, so that signatures and hashes have one meaning."""

import json
from collections.abc import Mapping, Sequence
from typing import cast

import rfc8785

_EXACT = 2**53  # beyond it a number is not the same everywhere
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def dump(content: Mapping[str, object] | Sequence[object]) -> bytes:
    """Serialise `content`.

    Raises:
        ValueError: the content has no canonical form (a number beyond 2^53, a lone surrogate, a type).
    """
    if _is_plain(content):
        return _encode(content).encode()
    return rfc8785.dumps(cast("rfc8785._impl._Value", content))


def _is_plain(value: object) -> bool:
    """Whether Python's encoder spells it as RFC 8785 does: no fractions, names that sort as bytes do."""
    kind = type(value)
    if kind is dict:
        table = cast("dict[object, object]", value)
        return all(type(name) is str and name.isascii() and _is_plain(each) for name, each in table.items())
    if kind is list or kind is tuple:
        return all(map(_is_plain, cast("list[object]", value)))
    return kind is str or kind is bool or value is None or (kind is int and abs(cast(int, value)) < _EXACT)


def load(data: bytes) -> dict[str, object]:
    """Parse one object and insist that it was spelt canonically, which also refuses doubled names.

    Raises:
        ValueError: `data` is not the canonical spelling of one JSON object.
    """
    try:
        content = json.loads(data)
        if isinstance(content, dict) and dump(content) == data:
            return content
    except RecursionError:  # nested beyond reason; said in the same words as any other nonsense
        pass
    raise ValueError("not the canonical spelling of one JSON object")
