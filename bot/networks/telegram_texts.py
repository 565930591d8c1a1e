"""Text as Telegram counts it: in UTF-16 units, at most so many to a message."""

from __future__ import annotations

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
TITLE_LIMIT = 128
BREAKS = ("\n\n", "\n", ". ", " ")  # where a text may be parted, best first


def units(text: str) -> int:
    """Length in UTF-16 units: most letters one, an emoji two or more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def mend(text: str) -> str:
    """Half a surrogate pair, which no UTF-8 can hold, becomes a replacement character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def shorten(text: str, limit: int) -> str:
    """Cut to `limit` units, with an ellipsis when something was cut."""
    if units(text) <= limit:
        return text
    return text[: _fitting(text, limit - 1)].rstrip() + "…"


def split(text: str, limit: int = TEXT_LIMIT, *, first: int | None = None) -> tuple[str, ...]:
    """Parts of at most `limit` units (the first: at most `first`), parted between paragraphs if it can be."""
    parts: list[str] = []
    rest, room = text, first or limit
    while units(rest) > room:
        end = _best_break(rest, _fitting(rest, room))
        parts.append(rest[:end].rstrip())
        rest, room = rest[end:].lstrip(), limit
    if rest or not parts:
        parts.append(rest)
    return tuple(parts)


def _fitting(text: str, limit: int) -> int:
    """How many characters from the start fit into `limit` units."""
    if len(text) <= limit // 2:
        return len(text)
    count = used = 0
    for letter in text:
        used += 2 if ord(letter) > 0xFFFF else 1
        if used > limit:
            break
        count += 1
    return count


def _best_break(text: str, longest: int) -> int:
    """Where to part: after the last paragraph that fits, else line, sentence, word, letter.

    A break in the first half is not taken: many tiny messages are harder to read than a parted paragraph.
    """
    for mark in BREAKS:
        at = text.rfind(mark, 0, longest + 1)
        if at >= longest // 2 and text[:at].strip():
            return min(at + len(mark), longest)
    return longest
