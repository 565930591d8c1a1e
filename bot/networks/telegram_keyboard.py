"""Buttons under a message, within the limits of the Bot API."""

from __future__ import annotations

from typing import Any

from bot.networks import Presses
from bot.networks.errors import Refused
from bot.networks.telegram_texts import mend

BUTTONS_IN_ROW = 8
BUTTONS = 100
TOKEN_BYTES = 64

Keyboard = dict[str, Any]


def draw_keyboard(buttons: Presses) -> Keyboard | None:
    """Buttons within the limits, or Refused: the network would refuse the whole message."""
    rows = [row for row in buttons if row]
    if sum(map(len, rows)) > BUTTONS or any(len(row) > BUTTONS_IN_ROW for row in rows):
        raise Refused("too many buttons")
    for press in (press for row in rows for press in row):
        if not press.label.strip() or not 1 <= len(press.token.encode("utf-8", "replace")) <= TOKEN_BYTES:
            raise Refused("a button needs words, and a token of 1 to 64 bytes")
    drawn = [[{"text": mend(p.label), "callback_data": p.token} for p in row] for row in rows]
    return {"inline_keyboard": drawn} if drawn else None
