"""python-telegram-bot as it comes: says again what was said, or edits what was pressed."""

from __future__ import annotations

import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("again", callback_data="again")]])


async def say_again(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """For typed words."""
    assert update.message is not None
    assert update.message.text is not None
    await update.message.reply_text(update.message.text, reply_markup=KEYBOARD if tapped else None)


async def edit(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """For a press."""
    assert update.callback_query is not None
    await update.callback_query.answer()
    await update.callback_query.edit_message_text("again", reply_markup=KEYBOARD)


if __name__ == "__main__":
    root, token, way = sys.argv[1:]
    tapped = way == "tapped"
    application = Application.builder().token(token).base_url(f"{root}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, say_again))
    application.add_handler(CallbackQueryHandler(edit))
    application.run_polling()
