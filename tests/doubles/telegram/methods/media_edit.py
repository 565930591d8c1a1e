"""editMessageMedia: a document or photo of the bot's replaced by another."""

from tests.doubles.telegram.files import document_body, photo_body
from tests.doubles.telegram.kinds import Upload
from tests.doubles.telegram.methods.editing import apply, keyboard
from tests.doubles.telegram.methods.files import take_file
from tests.doubles.telegram.methods.messages import caption_body
from tests.doubles.telegram.refusals import Because, Refused, mistaken
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Message

BODIES = {"document": document_body, "photo": photo_body}
FIELDS = frozenset({
    "type", "media", "caption", "parse_mode", "caption_entities", "show_caption_above_media",
    "has_spoiler", "disable_content_type_detection", "thumbnail",
})  # fmt: skip


def edit_message_media(world: World, values: JSON) -> JSON:
    media: JSON = values["media"]
    kind = str(media.get("type", ""))
    if set(media) - FIELDS or kind not in BODIES or not isinstance(media.get("media"), str):
        raise mistaken("media must be a document or photo with known fields only")

    def renew(message: Message) -> JSON:
        if not {"document", "photo"} & set(message.body):
            raise Refused(Because.NO_MEDIA_TO_EDIT)
        uploads = {name: part for name, part in values.items() if isinstance(part, Upload)}
        stored = take_file(world, media["media"], kind=kind, attached=uploads)
        return BODIES[kind](stored) | caption_body(media) | keyboard(values)

    return apply(world, values, renew=renew)


HANDLERS = {"editMessageMedia": edit_message_media}
