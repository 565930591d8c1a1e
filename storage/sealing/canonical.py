"""Canonical JSON (RFC 8785): one content, one spelling, so that signatures and hashes have one meaning."""

import json
from collections.abc import Mapping, Sequence
from typing import cast

import rfc8785


def dump(content: Mapping[str, object] | Sequence[object]) -> bytes:
    """Serialise `content`.

    Raises:
        ValueError: the content has no canonical form (a number beyond 2^53, a lone surrogate, a type).
    """
    return rfc8785.dumps(cast("rfc8785._impl._Value", content))


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
