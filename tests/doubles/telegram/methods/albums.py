"""sendMediaGroup: 2 to 10 documents in one call, a message each."""

from tests.doubles.telegram.access import check_thread, writable_chat
from tests.doubles.telegram.files import document_body
from tests.doubles.telegram.kinds import Upload
from tests.doubles.telegram.methods.files import take_file
from tests.doubles.telegram.methods.media_edit import FIELDS
from tests.doubles.telegram.methods.messages import caption_body, deliver
from tests.doubles.telegram.refusals import mistaken
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON

LEAST, MOST = 2, 10


def send_media_group(world: World, values: JSON) -> list[JSON]:
    """All or nothing: everything is looked at before the first message stands there."""
    chat = writable_chat(world, values)
    check_thread(world, chat, thread=values.get("message_thread_id"))
    media: list[JSON] = values["media"]
    if not LEAST <= len(media) <= MOST:
        raise mistaken("an album has 2 to 10 items")
    if any(set(one) - FIELDS or one.get("type") != "document" for one in media):
        raise mistaken("this double's albums are of documents, with known fields only")
    uploads = {name: part for name, part in values.items() if isinstance(part, Upload)}
    bodies = [
        document_body(take_file(world, one["media"], kind="document", attached=uploads)) | caption_body(one)
        for one in media
    ]
    return [deliver(world, chat, values=values, body=body) for body in bodies]


HANDLERS = {"sendMediaGroup": send_media_group}
