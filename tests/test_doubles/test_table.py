"""The table of methods is held against the library's own: nothing invented, nothing without effect."""

import inspect
import re

import pytest
from telegram import Bot

from tests.doubles.telegram.methods import HANDLERS
from tests.doubles.telegram.parameters import METHODS
from tests.doubles.telegram.refusals import Because, Refused

UNMODELLED = {
    "business_connection_id", "message_effect_id", "allow_paid_broadcast", "direct_messages_topic_id",
    "suggested_post_parameters", "inline_message_id", "video_start_timestamp",
}  # fmt: skip
SHORTHANDS = {
    "api_kwargs", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "filename",
    "allow_sending_without_reply", "reply_to_message_id", "disable_web_page_preview", "self",
}  # fmt: skip
OF_AN_ALBUM = {
    "caption",
    "parse_mode",
    "caption_entities",
}  # the library's own: it writes them into the first part


@pytest.mark.parametrize("method", METHODS)
def test_a_method_takes_what_the_library_can_send(method: str) -> None:
    ours = {parameter.name for parameter in METHODS[method]}
    call = getattr(Bot, re.sub(r"([A-Z])", lambda found: f"_{found[1].lower()}", method))
    theirs = set(inspect.signature(call).parameters) - SHORTHANDS - UNMODELLED
    assert ours == (theirs - OF_AN_ALBUM if method == "sendMediaGroup" else theirs)


def test_every_method_does_something() -> None:
    assert set(HANDLERS) | {"getUpdates"} == set(METHODS)


def test_every_refusal_can_be_made() -> None:
    for because in Because:
        refusal = Refused(because, seconds=1, sentence="x", why="x", name="x")
        assert refusal.description
        assert 400 <= refusal.code < 500
