"""python-telegram-bot's ConversationHandler, in memory and as it comes: eleven questions, one state each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

QUESTIONS = 11
Context = ContextTypes.DEFAULT_TYPE
Callback = Callable[[Update, Context], Coroutine[Any, Any, int]]


def keyboard(question: int) -> InlineKeyboardMarkup | None:
    """The choices of a question; none where answers are typed."""
    if not tapped or question > QUESTIONS:
        return None
    row = [InlineKeyboardButton(letter, callback_data=f"{question}{letter}") for letter in "abcd"]
    return InlineKeyboardMarkup([row])


async def begin(update: Update, context: Context) -> int:
    """Ask the first question."""
    assert update.message is not None
    assert context.user_data is not None
    context.user_data["told"] = []
    await update.message.reply_text("Question-1.", reply_markup=keyboard(1))
    return 1


def reply(told: list[str], question: int) -> str:
    """The next question, or all answers."""
    return f"Question-{question + 1}." if question < QUESTIONS else f"Thanks.{'.'.join(told)}."


def typed_at(question: int) -> Callback:
    """What to do with a typed answer."""

    async def take(update: Update, context: Context) -> int:
        assert update.message is not None
        assert context.user_data is not None
        told = context.user_data["told"]
        told.append(update.message.text)
        await update.message.reply_text(reply(told, question))
        return question + 1 if question < QUESTIONS else ConversationHandler.END

    return take


def pressed_at(question: int) -> Callback:
    """What to do with a press."""

    async def take(update: Update, context: Context) -> int:
        query = update.callback_query
        assert query is not None
        assert context.user_data is not None
        await query.answer()
        told = context.user_data["told"]
        told.append(query.data)
        await query.edit_message_text(reply(told, question), reply_markup=keyboard(question + 1))
        return question + 1 if question < QUESTIONS else ConversationHandler.END

    return take


def handler(question: int) -> BaseHandler[Update, Context, object]:
    """The one handler of a state."""
    if tapped:
        return CallbackQueryHandler(pressed_at(question), pattern=f"^{question}[a-d]$")
    return MessageHandler(filters.TEXT & ~filters.COMMAND, typed_at(question))


if __name__ == "__main__":
    root, token, way = sys.argv[1:]
    tapped = way == "tapped"
    application = Application.builder().token(token).base_url(f"{root}/bot").build()
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", begin)],
            states={question: [handler(question)] for question in range(1, QUESTIONS + 1)},
            fallbacks=[CommandHandler("start", begin)],
        )
    )
    application.run_polling()
