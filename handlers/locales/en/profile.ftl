# What the bot shows of itself, and the names of its commands. No telling word: these stand on a phone's screen.

profile-description =
    Compare the name of this bot letter by letter: there are copies.
    Telegram can read what is written here. If you can, ask somebody abroad to write for you.
    You can stop and erase everything at any time: /stop
profile-short = Answers questions one by one. /stop erases everything.

command-start = begin or go on
command-back = one step back
command-skip = skip this question
command-review = see what you wrote
command-language = беларуская, русский, English
command-help = what is this question for
command-stop = stop and erase

# Answers to a moderator's press
done-claim = { $code } is yours now.
done-release = { $code } is free again.
done-close = { $code } is closed.
refusal-gone = This card is no longer current.

# To a reporter, when our own code failed
sorry = Something went wrong on our side. Your last message was not taken; what you told before is there. To go on: /start
