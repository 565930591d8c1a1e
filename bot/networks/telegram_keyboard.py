"""Buttons under a message, within the limits of the Bot API."""

from __future__ import annotations

from typing import Any

from bot.networks import Press, Presses
from bot.networks.errors import Refused
from bot.networks.telegram_texts import mend

BUTTONS_IN_ROW = 8
BUTTONS = 100
TOKEN_BYTES = 64

Keyboard = dict[str, Any]


def draw_keyboard(buttons: Presses) -> Keyboard | None:
    """Buttons within the limits, or Refused: the network would refuse the whole message."""
    lengths = [len(row) for row in buttons]
    if sum(lengths) > BUTTONS or max(lengths, default=0) > BUTTONS_IN_ROW:
        raise Refused("too many buttons")
    drawn = [[_draw(press) for press in row] for row in buttons if row]
    return {"inline_keyboard": drawn} if drawn else None


def _draw(press: Press) -> dict[str, str]:
    if not press.label.strip() or not 1 <= len(press.token.encode("utf-8", "replace")) <= TOKEN_BYTES:
        raise Refused("a button needs words, and a token of 1 to 64 bytes")
    return {"text": mend(press.label), "callback_data": press.token}
