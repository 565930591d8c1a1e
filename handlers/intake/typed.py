"""What a typed command word means on which screen. What is none of these is an answer."""

from __future__ import annotations

from handlers.intake.acts import Act, State
from handlers.intake.words import Word, read_word

_ANYWHERE: dict[Word, tuple[Act, str]] = {
    "back": (Act.BACK, ""),
    "skip": (Act.SKIP, ""),
    "unknown": (Act.UNKNOWN, ""),
    "refused": (Act.REFUSE, ""),
    "unsafe": (Act.RISKY, ""),
    "stop": (Act.STOP, ""),
    "restart": (Act.STOP, ""),  # beginning anew means erasing: that is asked first
    "help": (Act.HELP, ""),
    "language": (Act.LANGUAGE, ""),
    "language_be": (Act.LANGUAGE, "be"),
    "language_ru": (Act.LANGUAGE, "ru"),
    "language_en": (Act.LANGUAGE, "en"),
    "review": (Act.REVIEW, ""),
    "send": (Act.SEND, ""),
    "done": (Act.DONE, ""),
    "resume": (Act.NEXT, ""),
    "another": (Act.ANOTHER, ""),
}
_HERE: dict[tuple[State, Word], tuple[Act, str]] = {
    (State.TEXT, "no"): (Act.SKIP, ""),
    (State.TEXT, "none"): (Act.SKIP, ""),
    (State.MORE, "no"): (Act.NEXT, ""),
    (State.MORE, "none"): (Act.NEXT, ""),
    (State.REVIEW, "yes"): (Act.SEND, ""),
    (State.REVIEW, "forget"): (Act.FORGET, ""),
    (State.ERASE, "yes"): (Act.ERASE, ""),
    (State.ERASE, "no"): (Act.BACK, ""),
    (State.SENT, "no"): (Act.FINISH, ""),
    (State.SENT, "done"): (Act.FINISH, ""),
}
_TOLD_IN_OWN_WORDS = (State.TEXT, State.MORE, State.PERSON)
_LANGUAGES = ("language_be", "language_ru", "language_en")
_ADDS = (State.SENT,)


def act_of(text: str, state: State) -> tuple[Act, str]:
    """The act a typed message is on this screen, with its argument."""
    word = read_word(text)
    if word is None:
        return Act.SAY, ""
    if (state, word) in _HERE:
        return _HERE[state, word]
    if word in _LANGUAGES and state in _TOLD_IN_OWN_WORDS:
        return Act.SAY, ""
    if word == "another" and state not in _ADDS:
        return Act.SAY, ""
    return _ANYWHERE.get(word, (Act.SAY, ""))
