"""What a moderator types: a table of commands, and from the words after one to an order on a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from handlers.asking.questions import load_questions
from handlers.intake.draws import CODE_LENGTH, LETTERS
from handlers.screens import Line, Screen
from handlers.triage.acts import Action
from handlers.triage.changes import Refusal
from handlers.triage.notes import Note
from handlers.triage.orders import Order, read_words

HELP = "help"


@dataclass(frozen=True, slots=True)
class Command:
    """How an order is written. `words`: how many may follow the code.

    `second`: a second case is named, after the first. `free`: what follows is free text.
    """

    action: Action
    words: int = 0
    second: bool = False
    free: bool = False


COMMANDS: Mapping[str, Command] = {
    "claim": Command(Action.CLAIM),
    "release": Command(Action.RELEASE),
    "transfer": Command(Action.TRANSFER, words=1),
    "urgency": Command(Action.URGENCY, words=2),
    "label": Command(Action.LABEL, words=1),
    "unlabel": Command(Action.UNLABEL, words=1),
    "life": Command(Action.LIFE, words=4),
    "track": Command(Action.TRACK, words=4),
    "contact": Command(Action.CONTACT, words=4),
    "verify": Command(Action.VERIFY, words=2),
    "note": Command(Action.NOTE, free=True),
    "ask": Command(Action.ASK, free=True),
    "seen": Command(Action.SEEN),
    "link": Command(Action.LINK, second=True),
    "unlink": Command(Action.UNLINK, second=True),
    "merge": Command(Action.MERGE, second=True),
    "unmerge": Command(Action.UNMERGE),
    "split": Command(Action.UNMERGE, second=True),
    "close": Command(Action.CLOSE, words=1),
    "reopen": Command(Action.REOPEN),
    "shadow": Command(Action.SHADOW),
    "purge": Command(Action.PURGE),
}
"""`split` is `unmerge` said from the other side: in the case that goes on, naming the part."""

_LOOK_ALIKES = str.maketrans("ВСКМНРТХ", "BCKMHPTX")  # capitals of the Cyrillic keyboard


@dataclass(frozen=True, slots=True)
class Asked:
    """An order on the case with this code; with a note, where the order is to keep one.

    `question`: words for the reporter, to be looked through and agreed to first.
    """

    code: str
    order: Order
    note: Note | None = None
    question: str = field(default="", repr=False)


def read_command(name: str, argument: str, *, here: str | None) -> Asked | Refusal:
    """What is asked for; `here` is the code of the case in whose topic it was typed.

    There the code may be left out, and a note is always about that case. A name that is no command of ours,
    or words that do not fit, give a refusal that says how it is written.
    """
    command = COMMANDS.get(name)
    if command is None:
        return Refusal(Line("refusal-no-command"))
    if command.action in _FREE:
        return _FREE[command.action](argument, here)
    codes, words = _split_codes(read_words(argument), most=1 + command.second)
    if command.second and len(codes) == 1 and here:
        codes = (here, *codes)
    code = next(iter(codes), here)
    if code is None:
        return _refuse(name, "refusal-which-case")
    if len(words) > command.words or len(codes) < 2 * command.second:
        return _refuse(name, "refusal-usage")
    if name == "split":
        return Asked(codes[1], Order(command.action, (codes[0],)))
    return Asked(code, Order(command.action, codes[1:] if command.second else words))


def read_code(word: str) -> str | None:
    """The code of a case, however it was typed; None where it cannot be one."""
    code = word.upper().translate(_LOOK_ALIKES)
    return code if len(code) == CODE_LENGTH and set(code) <= set(LETTERS) else None


def usage(name: str) -> Line:
    """How a command is written."""
    return Line(f"usage-{name}")


def show_help() -> Screen:
    """Every command with one line."""
    rows = (Line("commands-row", {"usage": usage(name), "what": what(name)}) for name in LISTED)
    return Screen((Line("commands-head"), *rows))


def what(name: str) -> Line:
    """What a command does, in a few words."""
    return Line(f"does-{name}")


LISTS = ("queue", "mine", "case", "who", "stats")
"""What is asked for without changing anything."""

RESOLVED = ("duty", "export")
"""What two of the team decide that is about no case; in the room alone."""

ALARMS = ("panic", "suspend")
"""What is ordered about the group and the team, not about a case; in private as well."""

LISTED = (*LISTS, *COMMANDS, *RESOLVED, *ALARMS, HELP)
"""The commands that moderators are offered, in this order."""


def _read_note(argument: str, here: str | None) -> Asked | Refusal:
    first, rest = (*argument.split(maxsplit=1), "", "")[:2]
    code = read_code(first)
    if here is None and code is None:
        return _refuse("note", "refusal-which-case")
    about = here or code or ""
    text = (rest if code == about else argument).strip()
    return Asked(about, Order(Action.NOTE), Note(text)) if text else _refuse("note", "refusal-usage")


def _read_question(argument: str, here: str | None) -> Asked | Refusal:
    """Nothing: the closed list is offered. Its id: that question. Anything else: a question in free words."""
    first, rest = (*argument.split(maxsplit=1), "", "")[:2]
    code = read_code(first)
    about = code or here
    if about is None:
        return _refuse("ask", "refusal-which-case")
    text = (rest if code else argument).strip()
    if not text or text.lower() in load_questions().canned:
        return Asked(about, Order(Action.ASK, (text.lower(),) if text else ()))
    return Asked(about, Order(Action.QUESTION), question=text)


_FREE: Mapping[Action, Callable[[str, str | None], Asked | Refusal]] = {
    Action.NOTE: _read_note,
    Action.ASK: _read_question,
}
"""A note and a question are read apart from the beginning: neither can become the other."""


def _split_codes(words: tuple[str, ...], *, most: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes that stand first, and the other words in small letters."""
    codes: list[str] = []
    for word in words[:most]:
        code = read_code(word)
        if code is None:
            break
        codes.append(code)
    return tuple(codes), tuple(word.lower() for word in words[len(codes) :])


def _refuse(name: str, why: str) -> Refusal:
    return Refusal(Line(why, {"usage": usage(name)}))
