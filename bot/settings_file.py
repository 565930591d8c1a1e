"""The settings file: read once, every fault named at once, and never a value repeated.

A value may be a database's password or a token in the wrong place, so only keys and what to write instead
get into a message.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.errors import SettingsRefused
from bot.keys.files import replace_file
from bot.settings import SECTIONS, Settings

KEYS = tuple(f"{section}.{key}" for section, kind in SECTIONS.items() for key in kind.model_fields)
"""Every key there is, as `section.key`."""

_BARE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HEAD = "# Vestka: one instance. No token and no account stands here; they are in the secrets file."

_SAY: dict[str, Callable[[Mapping[str, Any]], str]] = {
    # pydantic's kind of fault: what to write instead
    "model_type": lambda _: "This is a section: write it as [section], and its keys below",
    "value_error": lambda about: str(about["error"]),
    "literal_error": lambda about: f"Write {about['expected']}",
    "greater_than_equal": lambda about: f"Write {about['ge']} or more",
    "less_than_equal": lambda about: f"Write {about['le']} or less",
    "int_type": lambda _: "Write a whole number, without quotes",
    "bool_type": lambda _: "Write true or false, without quotes",
    "string_type": lambda _: "Write a text in quotes",
    "path_type": lambda _: "Write a path in quotes",
    "tuple_type": lambda _: "Write a list: [\"…\"]",
    "string_too_long": lambda about: f"Write at most {about['max_length']} letters",
}  # fmt: skip


def read_settings(path: Path) -> Settings:
    """Read and check the settings file.

    :raises SettingsRefused: names the file, each faulty key and what to write instead.
    """
    return check_settings(read_table(path), told=str(path), base=path.resolve().parent)


def read_table(path: Path) -> dict[str, Any]:
    """The settings file as TOML gives it, not checked.

    :raises SettingsRefused: it is missing, cannot be read, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        raise SettingsRefused(f"There is no settings file {path}. Run `vestka init` to make one.") from None
    except OSError as error:
        raise SettingsRefused(f"The settings file {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SettingsRefused(f"{path} is not text in UTF-8. Save it as plain text.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsRefused(f"{path} is not TOML{_place(error)}. See docs/operating.md.") from None


def check_settings(table: Mapping[str, Any], *, told: str, base: Path) -> Settings:
    """Settings out of a table of sections; `told` names where they come from.

    :raises SettingsRefused: one sentence for each fault.
    """
    faults = [_unknown("base")] if "base" in table else []
    try:
        settings = Settings.model_validate({**table, "base": base})
    except ValidationError as refused:
        faults += [_say(error) for error in refused.errors(include_url=False, include_input=False)]
    else:
        if not faults:
            return settings
    raise SettingsRefused(f"{told}: {faults[0]}" if len(faults) == 1 else "\n- ".join([f"{told}:", *faults]))


def spell_settings(table: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of a settings file; empty sections are left out."""
    parts = [_HEAD]
    for section, keys in table.items():
        lines = [f"{key} = {_spell(value)}" for key, value in keys.items()]
        parts += ["\n".join([f"[{section}]", *lines])] if lines else []
    return "\n\n".join(parts) + "\n"


def change_setting(path: Path, section: str, key: str, value: str) -> None:
    """Write one text into the settings file, whole or not at all; everything else stays, comments too.

    :raises SettingsRefused: the file is spelt so that this cannot be done safely.
    :raises InputRefused: the file cannot be written.
    """
    old = read_table(path)
    wanted = old | {section: old.get(section, {}) | {key: value}}
    text = _put_line(path.read_text("utf-8"), section, f"{key} = {spell_text(value)}")
    try:
        done = tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        done = False
    if not done:
        raise SettingsRefused(
            f"{path} is spelt in a way that only a person should change. "
            f"Write there yourself, in section [{section}]: {key} = {spell_text(value)}"
        )
    replace_file(path, text.encode())


def _put_line(text: str, section: str, line: str) -> str:
    """The text with the line in its section, in the place of an older one."""
    key = re.escape(line.partition(" = ")[0])
    head = re.search(rf"^[ \t]*\[{re.escape(section)}\][^\n]*$", text, re.MULTILINE)
    if head is None:
        return f"{text.rstrip()}\n\n[{section}]\n{line}\n"
    end = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, head.end())
    body = text[head.end() : end.start() if end else None]
    older = re.compile(rf"^[ \t]*{key}[ \t]*=[ \t]*(\"[^\"\n]*\"|'[^'\n]*')", re.MULTILINE)
    changed = older.sub(lambda _: line, body, count=1) if older.search(body) else f"\n{line}{body}"
    return text[: head.end()] + changed + text[head.end() + len(body) :]


def spell_text(value: str) -> str:
    """A TOML string; JSON's escapes are TOML's but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _spell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_spell(each) for each in value)}]"
    return str(value) if isinstance(value, int) else spell_text(str(value))


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Where the reader stumbled; the rest of its message may quote the file."""
    found = re.search(r"\(at (line \d+, column \d+|end of document)\)", str(error))
    return f" (at {found[1]})" if found else ""


def _say(error: Mapping[str, Any]) -> str:
    """One fault; the value itself is never repeated."""
    key = ".".join(_name(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return _unknown(key)
    words = _SAY.get(error["type"], _say_nothing_known)
    return f"`{key}`: {words(error.get('ctx', {}))}."


def _say_nothing_known(_: Mapping[str, Any]) -> str:
    return "This value cannot be. See docs/operating.md"


def _unknown(key: str) -> str:
    near = get_close_matches(key, (*KEYS, *SECTIONS), n=1)
    remedy = f"Did you mean `{near[0]}`?" if near else "Remove it, or look it up in docs/operating.md."
    return f"unknown key `{key}`. {remedy}"


def _name(part: object) -> str:
    """A part of a key's path; what is too odd to be a key of anybody's is cut."""
    if isinstance(part, int):
        return str(part + 1)
    text = str(part)
    return text if _BARE.fullmatch(text) else spell_text(text[:32])
