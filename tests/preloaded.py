"""What the server of forks has imported: all that a command could ask for."""

import bot.__main__
import bot.exports.charts
import bot.exports.html
import bot.exports.xlsx
import bot.service
import bot.trying.play  # noqa: F401
from tests import derivations

derivations.remember()
