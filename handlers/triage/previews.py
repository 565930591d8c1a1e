"""What cannot be undone shows first what it will do; the button that confirms carries the hash of just that.

Whoever presses it agrees to what stood there: another case, another revision, another hand or other words
give another hash, and nothing happens.
"""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

from handlers.screens import Button, Line, Screen
from handlers.triage.acts import ACTS
from handlers.triage.cases import Case
from handlers.triage.orders import Order, write_token

_HASH = 8  # hexadecimal digits: a mark of what was shown, not a secret; the roster decides who may press


def needs_preview(case: Case, order: Order, *, by: str) -> bool:
    """Whether this order must be shown before it is carried out, or was not confirmed as it was shown."""
    return ACTS[order.action].previewed and order.check != hash_of(case, order, by=by)


def preview(case: Case, order: Order, *, by: str, other: Case | None = None) -> Screen:
    """What the order will do, and the button that confirms it."""
    line = Line(f"preview-{order.action}", {"code": case.code, "other": other.code if other else ""})
    confirmed = replace(order, check=hash_of(case, order, by=by))
    return Screen((line,), ((Button(Line("button-confirm"), write_token(case, confirmed)),),))


def hash_of(case: Case, order: Order, *, by: str) -> str:
    """The mark of one preview: what, on which revision of which case, for whom."""
    shown = [order.action, order.words, case.id.hex(), case.revision, by]
    return sha256(b"vestka/preview/v1\0" + json.dumps(shown).encode()).hexdigest()[:_HASH]
