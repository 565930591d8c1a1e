"""Bech32 text of keys, as age uses it: no limit of length, one case, checksum of six letters."""

from collections.abc import Iterable

from storage.sealing.errors import BadKeyText

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """Write `data` with a lower-case `prefix`."""
    words = _regroup(data, from_bits=8, to_bits=5)
    return prefix + "1" + "".join(_LETTERS[word] for word in words + _checksum(prefix, words))


def decode(prefix: str, text: str) -> bytes:
    """Read what `encode` wrote, in all capitals or all small letters.

    Raises:
        BadKeyText: another prefix, a foreign letter, mixed case, a wrong checksum or bits left over.
    """
    lowered = text.lower()
    head, _, tail = lowered.rpartition("1")
    if text not in (lowered, text.upper()) or not text.isascii():
        raise BadKeyText("The key mixes capital and small letters. Copy it again as a whole.")
    if head != prefix:
        raise BadKeyText(f"The key does not begin with “{prefix}1”. Check that it is the right sort of key.")
    if len(tail) < 6 or any(letter not in _VALUES for letter in tail):
        raise BadKeyText("The key is cut off or holds a foreign letter. Copy it again as a whole.")
    words = [_VALUES[letter] for letter in tail]
    if words[-6:] != _checksum(prefix, words[:-6]):
        raise BadKeyText("The key has a typing error. Copy it again as a whole.")
    return _join(words[:-6])


def _join(words: list[int]) -> bytes:
    spare = len(words) * 5 % 8
    if spare >= 5 or (words and words[-1] & ((1 << spare) - 1)):
        raise BadKeyText("The key has a letter too many. Copy it again as a whole.")
    return bytes(_regroup(words, from_bits=5, to_bits=8)[: len(words) * 5 // 8])


def _regroup(values: Iterable[int], *, from_bits: int, to_bits: int) -> list[int]:
    """Cut the same row of bits into groups of another size; the last group is filled with zero bits."""
    held, bits, out = 0, 0, []
    for value in values:
        held, bits = (held << from_bits) | value, bits + from_bits
        while bits >= to_bits:
            bits -= to_bits
            out.append(held >> bits)
            held &= (1 << bits) - 1
    if bits:
        out.append(held << (to_bits - bits))
    return out


def _checksum(prefix: str, words: list[int]) -> list[int]:
    opened = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    rest = _polymod(opened + words + [0] * 6) ^ 1
    return [rest >> 5 * (5 - place) & 31 for place in range(6)]


def _polymod(words: list[int]) -> int:
    rest = 1
    for word in words:
        top, rest = rest >> 25, ((rest & 0x1FFFFFF) << 5) ^ word
        for place, term in enumerate(_GENERATOR):
            rest ^= term if top >> place & 1 else 0
    return rest
