"""bid: an account's pseudonym for one day (docs/format.md, 4.3)."""

import hmac
from hashlib import sha256

_PREFIX = b"vestka/bid/v1\0"


def blind(pepper: bytes, network: str, account: bytes) -> bytes:
    """16 bytes that stand for an account while the pepper lives, and for nobody afterwards.

    Args:
        pepper: 32 bytes that exist only in volatile memory; account numbers alone could be guessed.
        network: its short name, without zero bytes.
        account: the network's own id, as bytes.
    """
    if len(pepper) != 32 or "\0" in network:
        raise ValueError("a pepper has 32 bytes, and a network's name no zero byte")
    return hmac.digest(pepper, _PREFIX + network.encode() + b"\0" + account, sha256)[:16]
