"""Keyboards: every button checked as the real server checks it."""

from typing import Any

from tests.doubles.telegram.refusals import Because, Refused, mistaken
from tests.doubles.telegram.world import JSON

DATA_BYTES = 64
BUTTONS = 100
ROW = 8
COPY_TEXT = 256
PLACEHOLDER = 64
ACTIONS = frozenset({
    "url", "callback_data", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
    "callback_game", "pay",
})  # fmt: skip
LOOKS = frozenset({"text", "icon_custom_emoji_id", "style"})
KEYBOARD_FIELDS = {
    "inline_keyboard": frozenset({"inline_keyboard"}),
    "keyboard": frozenset({
        "keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder",
        "selective",
    }),
    "remove_keyboard": frozenset({"remove_keyboard", "selective"}),
    "force_reply": frozenset({"force_reply", "input_field_placeholder", "selective"}),
}  # fmt: skip
REPLY_BUTTON_FIELDS = frozenset({
    "text", "icon_custom_emoji_id", "style", "request_users", "request_chat", "request_contact",
    "request_location", "request_poll", "web_app",
})  # fmt: skip


def check_markup(markup: Any, *, only_inline: bool = False) -> JSON:
    """Return the keyboard if it would be taken; otherwise refuse as the real one."""
    if not isinstance(markup, dict):
        raise Refused(Because.MARKUP)
    kind = next((name for name in KEYBOARD_FIELDS if name in markup), None)
    if kind is None:
        if markup:
            raise mistaken(f"reply_markup with unknown fields: {', '.join(sorted(markup))}")
        return {}
    strange = set(markup) - KEYBOARD_FIELDS[kind]
    if strange:
        raise mistaken(f"reply_markup with unknown fields: {', '.join(sorted(strange))}")
    if only_inline and kind != "inline_keyboard":
        raise mistaken("inline keyboard expected")
    if len(str(markup.get("input_field_placeholder", ""))) > PLACEHOLDER:
        raise mistaken(f"input_field_placeholder is longer than {PLACEHOLDER} characters")
    if kind in {"inline_keyboard", "keyboard"}:
        _check_rows(markup[kind], inline=kind == "inline_keyboard")
    return dict(markup)


def _check_rows(rows: Any, *, inline: bool) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise mistaken("a keyboard must be an Array of Arrays of buttons")
    if sum(len(row) for row in rows) > BUTTONS or any(len(row) > ROW for row in rows):
        raise Refused(Because.MARKUP_LONG)
    for row in rows:
        for button in row:
            if inline:
                _check_inline(button)
            else:
                _check_reply(button)


def _check_inline(button: Any) -> None:
    if not isinstance(button, dict):
        raise mistaken("InlineKeyboardButton must be an Object")
    strange = set(button) - ACTIONS - LOOKS
    if strange:
        raise mistaken(f"button with unknown fields: {', '.join(sorted(strange))}")
    if not str(button.get("text", "")).strip():
        raise Refused(Because.BUTTON_TEXT)
    acts = ACTIONS & set(button)
    if not acts:
        raise Refused(Because.BUTTON_BARE)
    if len(acts) > 1:
        raise mistaken(f"a button does exactly one thing, this one has {', '.join(sorted(acts))}")
    _check_action(button)


def _check_action(button: JSON) -> None:
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= DATA_BYTES:
            raise Refused(Because.BUTTON_DATA)
    if "url" in button:
        start = str(button["url"]).split(":")[0]
        if start not in {"http", "https", "tg"} or " " in str(button["url"]):
            raise Refused(Because.BUTTON_URL)
    if "copy_text" in button:
        copied = str(button["copy_text"].get("text", ""))
        if not 1 <= len(copied) <= COPY_TEXT:
            raise mistaken(f"copy_text holds 1 to {COPY_TEXT} characters")


def _check_reply(button: Any) -> None:
    text = button if isinstance(button, str) else button.get("text", "") if isinstance(button, dict) else ""
    if not str(text).strip():
        raise Refused(Because.KEYBOARD_TEXT)
    if isinstance(button, dict) and set(button) - REPLY_BUTTON_FIELDS:
        raise mistaken(f"button with unknown fields: {', '.join(sorted(set(button) - REPLY_BUTTON_FIELDS))}")


def buttons_of(body: JSON) -> list[list[JSON]]:
    """The inline rows of a message body, empty if it has none."""
    markup = body.get("reply_markup") or {}
    rows: list[list[JSON]] = markup.get("inline_keyboard", [])
    return rows
