"""The limit: what one could write by hand for this one dialogue, with Vestka's durability and Vestka's seals.

Every answer lies in an encrypted draft on the disk before it is acknowledged (SQLite, WAL, synchronous=FULL,
whatever has gathered in one commit); the last answer is sealed to three holders and the recovery key. There
is no outbox, no screen to tidy up, no card, no roster to look after, no second language, no wrong input.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import sqlite3
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus

from bench.rivals.bare_http import Connections
from storage.sealing import Kind, SealingSet, blind, epoch_of, seal, seal_draft, sealing_set, verify_roster
from tests.bot.commands.paperwork import ROOT, member, roster

QUESTIONS = 11
Change = tuple[str, tuple[Any, ...]]
KEEP = "INSERT INTO drafts VALUES (?, ?) ON CONFLICT (bid) DO UPDATE SET blob = excluded.blob"
DROP = "DELETE FROM drafts WHERE bid = ?"
SEALED = "INSERT INTO reports VALUES (?, ?)"
POSITION = "INSERT OR REPLACE INTO positions VALUES (1, ?)"


def open_database(path: str) -> sqlite3.Connection:
    """The same settings as Vestka's."""
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("CREATE TABLE drafts (bid BLOB PRIMARY KEY, blob BLOB) WITHOUT ROWID")
    database.execute("CREATE TABLE reports (id BLOB PRIMARY KEY, blob BLOB) WITHOUT ROWID")
    database.execute("CREATE TABLE positions (id INTEGER PRIMARY KEY, position INTEGER)")
    return database


class Keeper:
    """Commits on a thread of its own."""

    def __init__(self, path: str) -> None:
        self._database = open_database(path)
        self._thread = ThreadPoolExecutor(1)

    async def keep(self, changes: Iterable[Change]) -> None:
        """All of it, on the disk."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._commit, list(changes))

    def _commit(self, changes: list[Change]) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        for statement, values in changes:
            self._database.execute(statement, values)
        self._database.execute("COMMIT")


class Form:
    """The dialogue: an update in, changes and a reply out."""

    def __init__(self, to: SealingSet) -> None:
        self._to = to
        self._key, self._pepper = secrets.token_bytes(32), secrets.token_bytes(32)
        self._told: dict[int, list[str]] = {}
        self._epoch = epoch_of(datetime.now(UTC).date())

    def take(self, chat: int, words: str) -> tuple[list[Change], str, int]:
        """What to keep, what to say, and which question that is."""
        bid = blind(self._pepper, "telegram", str(chat).encode())
        told = self._told[chat] = [] if words == "/start" else [*self._told[chat], words]
        body = json.dumps(told).encode()
        number = len(told) + 1
        if number <= QUESTIONS:
            draft = seal_draft(self._key, body, bid=bid, rev=number)
            return [(KEEP, (bid, draft))], f"Question-{number}.", number
        sealed = seal(Kind.REPORT, body, object_id=secrets.token_bytes(16), epoch=self._epoch, to=self._to)
        changes = [(DROP, (bid,)), (SEALED, (sealed.object_id, sealed.data))]
        return changes, f"Thanks.{'.'.join(told)}.", number


class Limit:
    """Poll, decide, commit, acknowledge, answer."""

    def __init__(self, api: Connections, form: Form, keeper: Keeper) -> None:
        self._api, self._form, self._keeper = api, form, keeper
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """For ever."""
        offset = 0
        while True:
            answer = await self._api.call(b"getUpdates", b"timeout=10&offset=%d" % offset)
            updates = json.loads(answer)["result"]
            if not updates:
                continue
            offset = updates[-1]["update_id"] + 1
            taken = [self._take(update) for update in updates]
            changes = [change for some, _ in taken for change in some]
            await self._keeper.keep([*changes, (POSITION, (offset,))])
            for _, calls in taken:
                task = asyncio.create_task(self._answer(calls))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)

    def _take(self, update: dict[str, Any]) -> tuple[list[Change], list[tuple[bytes, bytes]]]:
        """Changes, and the calls that answer."""
        query = update.get("callback_query")
        message = query["message"] if query else update["message"]
        chat = message["chat"]["id"]
        changes, words, number = self._form.take(chat, query["data"] if query else message["text"])
        body = f"chat_id={chat}&text={quote_plus(words)}{_keyboard(number)}"
        if query is None:
            return changes, [(b"sendMessage", body.encode())]
        edit = f"{body}&message_id={message['message_id']}"
        return changes, [
            (b"answerCallbackQuery", f"callback_query_id={query['id']}".encode()),
            (b"editMessageText", edit.encode()),
        ]

    async def _answer(self, calls: list[tuple[bytes, bytes]]) -> None:
        for method, body in calls:
            await self._api.call(method, body)


def _keyboard(number: int) -> str:
    if not tapped or number > QUESTIONS:
        return ""
    row = [{"text": letter, "callback_data": f"{number}{letter}"} for letter in "abcd"]
    return f"&reply_markup={quote_plus(json.dumps({'inline_keyboard': [row]}))}"


def holders() -> SealingSet:
    """Three and the recovery key."""
    signed = roster(members=[member(number) for number in (1, 2, 3)])
    verified = verify_roster(signed, roots=[ROOT.public])
    return sealing_set(verified, on=datetime.now(UTC).date())


if __name__ == "__main__":
    api_root, token, way, folder = sys.argv[1:]
    tapped = way == "tapped"
    asyncio.run(Limit(Connections(api_root, token), Form(holders()), Keeper(f"{folder}/limit.db")).run())
