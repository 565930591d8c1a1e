"""A strict, stateful double of the Telegram Bot API.

In a test::

    async with TelegramDouble(clock=FakeClock()) as tg:
        hanna = tg.person("Ганна Узор", language="be")
        await hanna.send("/start")
        await hanna.wait_for("Добры дзень")
        await hanna.click("Далей")

By itself: `python -m tests.doubles.telegram --port 8081`, driven over HTTP under /control.
"""

from tests.doubles.telegram.calls import Call, Violation
from tests.doubles.telegram.clock import FakeClock
from tests.doubles.telegram.double import TOKEN, TelegramDouble
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.people import Person
from tests.doubles.telegram.presses import Press
from tests.doubles.telegram.screens import Shown

__all__ = ["TOKEN", "Call", "FakeClock", "Group", "Person", "Press", "Shown", "TelegramDouble", "Violation"]
