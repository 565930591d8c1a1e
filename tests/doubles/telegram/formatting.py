"""Texts as the real server takes them: trimmed, measured, with entities in UTF-16 units."""

import json
from typing import Any

from tests.doubles.telegram.html_texts import parse_html
from tests.doubles.telegram.refusals import Because, Refused, mistaken
from tests.doubles.telegram.world import JSON

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
BLANK = " \t\r\n\f\v\u00a0\u2000\u2003\u200b"
ENTITY_KINDS = frozenset({
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic",
    "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
    "text_link", "text_mention", "custom_emoji",
})  # fmt: skip
ENTITY_FIELDS = frozenset({"type", "offset", "length", "url", "user", "language", "custom_emoji_id"})


def utf16(text: str) -> int:
    """Length in UTF-16 units, the measure of all Telegram offsets."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def read_text(
    values: JSON, *, text: str, entities: str, limit: int, too_long: Because
) -> tuple[str, list[JSON]]:
    """The text after parsing and trimming with its checked entities."""
    raw = str(values.get(text, ""))
    given: list[JSON] = list(values.get(entities) or [])
    mode = values.get("parse_mode")
    if mode:
        raw, given = _parse(raw, mode)
    check_entities(raw, given)
    cut, kept = _trim(raw, given)
    if utf16(cut) > limit:  # the stricter reading of "characters": an emoji counts twice
        raise Refused(too_long)
    return cut, kept


def _parse(text: str, mode: str) -> tuple[str, list[JSON]]:
    if mode.lower() == "html":
        return parse_html(text)
    if mode.lower() in {"markdown", "markdownv2"}:
        raise mistaken(f"parse_mode {mode} is not modelled by this double: use entities or HTML")
    raise Refused(Because.PARSE_MODE)


def check_entities(text: str, entities: list[JSON]) -> None:
    """Known kinds, inside the text, never cutting a surrogate pair, at most a hundred."""
    if len(entities) > ENTITY_LIMIT:
        raise mistaken(f"{len(entities)} entities: at most {ENTITY_LIMIT} are kept")
    cuts = _boundaries(text)
    for entity in entities:
        strange = set(entity) - ENTITY_FIELDS
        if strange or entity.get("type") not in ENTITY_KINDS:
            raise Refused(Because.ENTITIES, why=f"unknown entity {json.dumps(entity)[:60]}")
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 1:
            raise Refused(Because.ENTITY_BOUNDS)
        if offset + length > utf16(text):
            raise Refused(Because.ENTITY_BOUNDS)
        if offset not in cuts or offset + length not in cuts:
            raise Refused(
                Because.ENTITIES, why=f"entity begins in a middle of a UTF-16 symbol at offset {offset}"
            )


def _boundaries(text: str) -> set[int]:
    at, found = 0, {0}
    for letter in text:
        at += 2 if ord(letter) > 0xFFFF else 1
        found.add(at)
    return found


def _trim(text: str, entities: list[JSON]) -> tuple[str, list[JSON]]:
    """Blank ends fall off; entities move along and lose what fell off."""
    left = utf16(text) - utf16(text.lstrip(BLANK))
    cut = text.strip(BLANK)
    size = utf16(cut)
    kept: list[JSON] = []
    for entity in entities:
        start = max(int(entity["offset"]) - left, 0)
        end = min(int(entity["offset"]) + int(entity["length"]) - left, size)
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    return cut, kept


def find_commands(text: str) -> list[JSON]:
    """The bot_command entities a person's own program would add."""
    found: list[JSON] = []
    at = 0
    for word in text.split(" "):
        first = word.split("\n")[0]
        bare = first[1:].split("@")[0]
        if first.startswith("/") and bare.isascii() and bare.replace("_", "").isalnum():
            found.append({"type": "bot_command", "offset": at, "length": utf16(first)})
        at += utf16(word) + 1
    return found


def with_entities(body: JSON, key: str, entities: list[Any]) -> JSON:
    """Add entities to a body only if there are any, as the real server does."""
    return body | {key: entities} if entities else body
