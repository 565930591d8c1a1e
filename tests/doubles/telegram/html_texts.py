"""The HTML style of texts: tags into entities, everything else refused with the real wording."""

from html.parser import HTMLParser

from tests.doubles.telegram.refusals import Because, Refused
from tests.doubles.telegram.world import JSON

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
}  # fmt: skip


class _Reader(HTMLParser):
    """Collects plain text and entities; offsets in UTF-16 units."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[JSON] = []
        self._open: list[tuple[str, JSON]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise Refused(Because.ENTITIES, why=f'unsupported start tag "{tag}"')
        entity: JSON = {"type": TAGS[tag], "offset": self._length()}
        address = dict(attrs).get("href")
        if tag == "a" and address:
            entity["url"] = address
        self._open.append((tag, entity))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise Refused(Because.ENTITIES, why=f'unexpected end tag "{tag}"')
        entity = self._open.pop()[1]
        entity["length"] = self._length() - int(entity["offset"])
        if entity["length"] > 0:
            self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        self.text += data

    def finish(self) -> None:
        self.close()
        if self._open:
            raise Refused(
                Because.ENTITIES, why=f'can\'t find end tag corresponding to start tag "{self._open[-1][0]}"'
            )

    def _length(self) -> int:
        return len(self.text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(text: str) -> tuple[str, list[JSON]]:
    """Plain text and its entities, sorted by place."""
    reader = _Reader()
    reader.feed(text)
    reader.finish()
    return reader.text, sorted(reader.entities, key=lambda one: (int(one["offset"]), -int(one["length"])))
