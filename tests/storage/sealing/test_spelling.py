"""The quick ways of spelling and deriving give the bytes of the slow ones."""

import json
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from storage.sealing import canonical
from storage.sealing.derivation import derive

LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text() | st.floats(-1e9, 1e9)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(st.dictionaries(st.text(), VALUES))
def test_canonical_json_is_spelt_as_the_standard_says(content: dict[str, Any]) -> None:
    assert canonical.dump(content) == rfc8785.dumps(content)


def test_names_beyond_the_basic_plane_sort_as_the_standard_says() -> None:
    """The control: Python's own order of these names is another one."""
    content = {"\ufb33": 1, "\U0001f600": 2}
    assert canonical.dump(content) == rfc8785.dumps(content)
    assert canonical.dump(content) != json.dumps(content, sort_keys=True, ensure_ascii=False).encode()


@pytest.mark.parametrize("value", [2**53, "\ud83d", float("nan"), {1, 2}, b""], ids=repr)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError):  # of many kinds, and none of their words count
        canonical.dump({"a": value})


@given(st.binary(min_size=1, max_size=64), st.binary(max_size=80), st.binary(max_size=80))
def test_keys_are_derived_as_the_library_derives_them(key: bytes, salt: bytes, info: bytes) -> None:
    assert derive(key, salt=salt, info=info) == HKDF(SHA256(), 32, salt=salt, info=info).derive(key)
