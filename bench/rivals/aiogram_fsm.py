"""aiogram with its state machine in memory, as it comes: eleven questions, one state each."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

QUESTIONS = 11
STATES = [State(f"question_{number}", group_name="Form") for number in range(QUESTIONS + 1)]
Take = Callable[[Any, FSMContext], Awaitable[None]]


def keyboard(question: int) -> InlineKeyboardMarkup | None:
    """The choices of a question; none where answers are typed."""
    if not tapped or question > QUESTIONS:
        return None
    row = [InlineKeyboardButton(text=letter, callback_data=f"{question}{letter}") for letter in "abcd"]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def begin(message: Message, state: FSMContext) -> None:
    """Ask the first question."""
    await state.set_data({"told": []})
    await state.set_state(STATES[1])
    await message.answer("Question-1.", reply_markup=keyboard(1))


async def keep(state: FSMContext, question: int, words: str | None) -> str:
    """Keep an answer; the next question, or all answers."""
    data = await state.get_data()
    told = [*data["told"], words]
    if question == QUESTIONS:
        await state.clear()
        return f"Thanks.{'.'.join(map(str, told))}."
    await state.set_data({"told": told})
    await state.set_state(STATES[question + 1])
    return f"Question-{question + 1}."


def typed_at(question: int) -> Take:
    """What to do with a typed answer."""

    async def take(message: Message, state: FSMContext) -> None:
        await message.answer(await keep(state, question, message.text))

    return take


def pressed_at(question: int) -> Take:
    """What to do with a press."""

    async def take(query: CallbackQuery, state: FSMContext) -> None:
        await query.answer()
        words = await keep(state, question, query.data)
        assert isinstance(query.message, Message)
        await query.message.edit_text(words, reply_markup=keyboard(question + 1))

    return take


async def main(root: str, token: str) -> None:
    """Poll until SIGTERM."""
    server = TelegramAPIServer.from_base(root)
    bot = Bot(token, session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    dispatcher.message.register(begin, CommandStart())
    for question in range(1, QUESTIONS + 1):
        if tapped:
            pattern = F.data.regexp(f"^{question}[a-d]$")
            dispatcher.callback_query.register(pressed_at(question), STATES[question], pattern)
        else:
            dispatcher.message.register(typed_at(question), STATES[question], F.text)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    tapped = sys.argv[3] == "tapped"
    asyncio.run(main(*sys.argv[1:3]))
