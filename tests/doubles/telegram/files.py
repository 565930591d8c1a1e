"""Files: storing what was sent, describing it as Bot API objects."""

from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, StoredFile

LINK_SECONDS = 60 * 60
DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
FOLDERS = {"document": "documents", "photo": "photos", "voice": "voice", "sticker": "stickers"}
IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF")
TINY_JPEG = b"\xff\xd8\xff\xe0" + b"invented picture" + b"\xff\xd9"


def store_file(world: World, data: bytes, *, kind: str, name: str = "", mime: str = "") -> StoredFile:
    """Keep bytes under a new file id."""
    number = world.number("file")
    ending = (
        f".{name.rpartition('.')[2]}" if "." in name else {"photo": ".jpg", "voice": ".oga"}.get(kind, "")
    )
    stored = StoredFile(
        id=f"TEST-FILE-{number:06d}",
        unique_id=f"TEST-UNIQUE-{number:06d}",
        data=data,
        name=name,
        mime=mime or "application/octet-stream",
        path=f"{FOLDERS.get(kind, 'documents')}/file_{number}{ending}",
    )
    world.files[stored.id] = stored
    return stored


def _common(stored: StoredFile) -> JSON:
    return {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": len(stored.data)}


def document_body(stored: StoredFile) -> JSON:
    return {"document": _common(stored) | {"file_name": stored.name or "file", "mime_type": stored.mime}}


def photo_body(stored: StoredFile) -> JSON:
    """Two sizes, small first; the double does not look into pictures, so the measures are invented."""
    small = {"file_id": stored.id, "file_unique_id": f"{stored.unique_id}-s", "width": 90, "height": 67}
    return {"photo": [small, _common(stored) | {"width": 800, "height": 600}]}


def voice_body(stored: StoredFile, seconds: int = 3) -> JSON:
    return {"voice": _common(stored) | {"duration": seconds, "mime_type": stored.mime}}


def sticker_body(stored: StoredFile, emoji: str = "🙂") -> JSON:
    return {
        "sticker": _common(stored)
        | {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
    }
