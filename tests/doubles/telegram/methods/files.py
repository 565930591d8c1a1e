"""Files: taking uploads, getFile."""

from tests.doubles.telegram.files import (
    DOWNLOAD_LIMIT,
    IMAGE_STARTS,
    LINK_SECONDS,
    PHOTO_LIMIT,
    UPLOAD_LIMIT,
    store_file,
)
from tests.doubles.telegram.kinds import Upload
from tests.doubles.telegram.refusals import Because, Refused
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, StoredFile

LIMITS = {"photo": PHOTO_LIMIT, "document": UPLOAD_LIMIT}


def take_file(world: World, given: Upload | str, *, kind: str, attached: JSON) -> StoredFile:
    """An uploaded file stored, or one already there by its file_id; `attach://NAME` is looked up."""
    if isinstance(given, str) and given.startswith("attach://"):
        found = attached.get(given.removeprefix("attach://"))
        if not isinstance(found, Upload):
            raise Refused(Because.FILE_MISSING, name=kind)
        given = found
    if isinstance(given, str):
        if given not in world.files:
            raise Refused(Because.FILE_ID)
        return world.files[given]
    if not given.data:
        raise Refused(Because.FILE_EMPTY)
    if len(given.data) > LIMITS[kind]:
        raise Refused(Because.TOO_LARGE)
    if kind == "photo" and not given.data.startswith(IMAGE_STARTS):
        raise Refused(Because.IMAGE)
    return store_file(world, given.data, kind=kind, name=given.name, mime=given.mime)


def get_file(world: World, values: JSON) -> JSON:
    """A link that is good for an hour by the clock, for files up to 20 MB."""
    stored = world.files.get(values["file_id"])
    if stored is None:
        raise Refused(Because.FILE_ID)
    if len(stored.data) > DOWNLOAD_LIMIT:
        raise Refused(Because.FILE_TOO_BIG)
    stored.offered = world.now()
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }


def find_offered(world: World, path: str) -> StoredFile | None:
    """The file behind a download path while its link is good."""
    for stored in world.files.values():
        if stored.path == path and stored.offered and world.now() - stored.offered <= LINK_SECONDS:
            return stored
    return None


HANDLERS = {"getFile": get_file}
