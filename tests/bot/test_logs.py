"""The log knows names and numbers; nothing else gets in, whoever writes and however."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot import logs

TOKEN = "123456789:AAinvented-token-of-a-pretended-bot"
WRITTEN = "Ганна Узор"


@pytest.fixture
def printed() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    restore = logs.configure(level=logging.DEBUG, stream=stream)
    yield stream
    restore()


def careless() -> None:
    """What libraries do: addresses at INFO, parameters at DEBUG, received data at CRITICAL."""
    for name in ("httpx", "telegram.Bot", "aiohttp.client", "sqlalchemy.engine", "asyncio", "something.new"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.debug("parameters %s", {"text": WRITTEN})
        logger.info("HTTP Request: POST https://example.org/bot%s/getMe", TOKEN)
        logger.critical("Received data was %r", WRITTEN)
        try:
            int(WRITTEN + TOKEN)
        except ValueError:
            logger.exception("Error while parsing %s", TOKEN)


@pytest.fixture
def _levels() -> Iterator[None]:
    names = ("httpx", "telegram.Bot", "aiohttp.client", "sqlalchemy.engine", "asyncio", "something.new")
    before = {name: logging.getLogger(name).level for name in names}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.usefixtures("_levels")
def test_careless_libraries_bring_nothing_out(printed: io.StringIO) -> None:
    careless()
    said = printed.getvalue()
    assert TOKEN not in said
    assert WRITTEN not in said
    assert "CRITICAL httpx withheld" in said
    assert "ValueError" in said


@pytest.mark.usefixtures("_levels")
def test_without_our_rules_the_same_libraries_do_bring_it_out() -> None:
    """The control: what is looked for above is really there."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    careless()
    logging.getLogger().removeHandler(handler)
    assert TOKEN in stream.getvalue()
    assert WRITTEN in stream.getvalue()


@pytest.mark.usefixtures("_levels")
def test_a_handler_somebody_else_adds_gets_nothing_either(printed: io.StringIO) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    careless()
    logging.getLogger().removeHandler(handler)
    assert stream.getvalue()
    assert TOKEN not in stream.getvalue()
    assert WRITTEN not in stream.getvalue()


def test_an_event_is_a_name_with_numbers_at_the_hour(printed: io.StringIO) -> None:
    logs.say("sender.sent", letters=3, share=0.5)
    hour, rest = printed.getvalue().strip().split(" ", 1)
    assert rest == "INFO vestka sender.sent letters=3 share=0.5"
    assert hour.endswith("Z")
    assert ":" not in hour


def test_an_alarm_is_louder(printed: io.StringIO) -> None:
    logs.alarm("poll.rival")
    assert "ERROR vestka poll.rival" in printed.getvalue()


def test_a_fault_names_its_type_and_our_line_and_none_of_its_words(printed: io.StringIO) -> None:
    try:
        logs.say(WRITTEN)
    except ValueError as problem:
        logs.fault("sender.failed", problem)
    assert "sender.failed ValueError bot.logs:" in printed.getvalue()
    assert WRITTEN not in printed.getvalue()


def test_our_own_logger_redacts_whatever_looks_like_a_token(printed: io.StringIO) -> None:
    logging.getLogger("vestka").error("here it is: %s", TOKEN)
    assert TOKEN not in printed.getvalue()
    assert "***" in printed.getvalue()


@pytest.mark.parametrize("event", ["Sent", "sent to", WRITTEN, "sent=1", "", "123:abc"])
def test_an_event_can_only_have_a_plain_name(event: str) -> None:
    with pytest.raises(ValueError, match="fixed name"):
        logs.say(event)


def test_a_number_can_only_be_a_number() -> None:
    with pytest.raises(TypeError):
        logs.say("sender.sent", to=WRITTEN)  # type: ignore[arg-type]  # the mistake that is looked for


def test_configuring_can_be_taken_back() -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogRecordFactory())
    logs.configure(stream=io.StringIO())()
    assert (root.level, root.handlers, logging.getLogRecordFactory()) == before
