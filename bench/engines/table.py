"""The engines by name."""

from __future__ import annotations

import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from bench.crowd.process import ROOT, TOKEN
from bench.engines.engine import Engine, Post
from bot.settings_file import spell_settings
from tests.bot.commands.paperwork import GROUP, furnish, member, roster

_RIVALS = Path(sys.prefix) / "rivals"
_PYTHON = _RIVALS / "bin" / "python"
_REMEDY = "`make bench` brings what requirements/bench.txt and bench/rivals/package-lock.json name"


def _vestka(post: Post) -> list[str]:
    """An instance as `vestka init` leaves it: three holders and the recovery key."""
    members = roster(members=[member(number) for number in (1, 2, 3)])
    papers = furnish(post.folder, api_root=post.api_root, token=TOKEN, group=GROUP, roster=members)
    if post.database:
        table = tomllib.loads(papers.settings.read_text("utf-8"))
        table["places"]["database"] = post.database
        papers.settings.write_text(spell_settings(table), "utf-8")
    return [sys.executable, "-m", "bench.engines.vestka", str(papers.settings), str(papers.passphrase)]


def _rival(module: str) -> Callable[[Post], list[str]]:
    """A rival in the rivals' own environment, in which nothing is ours."""
    return lambda post: [str(_PYTHON), "-m", f"bench.rivals.{module}", post.api_root, TOKEN, post.way]


def _by_hand(module: str) -> Callable[[Post], list[str]]:
    """Something of ours that is no bot: it needs our seals."""
    return lambda post: [
        *(sys.executable, "-m", f"bench.rivals.{module}"),
        *(post.api_root, TOKEN, post.way, str(post.folder)),
    ]


def _grammy(post: Post) -> list[str]:
    script = ROOT / "bench" / "rivals" / "grammy_echo.mjs"
    return ["node", str(script), post.api_root, TOKEN, post.way, str(_RIVALS / "grammy")]


def _no_python_rivals() -> str:
    return "" if _PYTHON.exists() else f"its libraries are missing: {_REMEDY}"


def _no_grammy() -> str:
    if shutil.which("node") is None:
        return "Node.js is not installed"
    packages = _RIVALS / "grammy" / "node_modules" / "grammy"
    return "" if packages.is_dir() else f"its packages are missing: {_REMEDY}"


ENGINES: dict[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine("vestka", "Vestka: durable, encrypted, sealed", "report", _vestka),
        Engine("vestka_open", "Vestka, nothing sealed: asked, erased", "erased", _vestka),
        Engine("ptb_echo", "PTB echo, stock", "echo", _rival("ptb_echo"), _no_python_rivals),
        Engine(
            "ptb_conversation",
            "PTB ConversationHandler, memory, stock",
            "form",
            _rival("ptb_conversation"),
            _no_python_rivals,
        ),
        Engine("aiogram_fsm", "aiogram FSM, memory", "form", _rival("aiogram_fsm"), _no_python_rivals),
        Engine("grammy_echo", "grammY echo (Node)", "echo", _grammy, _no_grammy),
        Engine("limit", "limit by hand: durable, encrypted, sealed", "form", _by_hand("limit")),
    )
}
BARE = Engine("bare_echo", "bare sockets, no JSON", "said", _by_hand("bare_echo"))
"""Not a bot, and compared with nobody: it shows what the crowd can bear."""
BARE_CARD = Engine("bare_card", "bare sockets, the same calls", "said", _by_hand("bare_card"))
"""Not a bot either: the way from a last turn to a card when nothing is read, decided or kept."""
ALL = ENGINES | {engine.name: engine for engine in (BARE, BARE_CARD)}
