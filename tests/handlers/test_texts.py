"""The catalogues are complete, say the same in every language, and keep to the words we allow ourselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import ast
from fluent.syntax.serializer import serialize_pattern

from handlers.errors import UnknownText
from handlers.intake.acts import SCREENS
from handlers.intake.talk import Missing
from handlers.screens import Button, Line, Screen
from handlers.texts import LANGUAGES, Texts, _fixed, read_catalogue
from tests.handlers.intake.chat import PACK, TEXTS, Chat, at_review
from tests.tables import each

CATALOGUES = {language: read_catalogue(language) for language in LANGUAGES}
FORBIDDEN = re.compile(
    r"аноним|анонім|безопасн|бяспечн|\banonym|\bsafe|\bunsafe|\bsecur|белорусси", re.IGNORECASE
)
TELLING = re.compile(
    r"затрым|задерж|detain|арышт|арест|arrest|кдб|кгб|kgb|палітвяз|политзак|турм|тюрьм|prison", re.IGNORECASE
)
PREVIEW = 60  # characters that a phone shows on a locked screen
LABEL = 32
SOURCE = Path(__file__).parents[2] / "handlers"
BUILT = ("missing-", "language-", "help-screen-", "misread-person-", "misread-date-", "watcher-")


def words(language: str, key: str) -> str:
    """A sentence as it stands in the catalogue, placeholders and all."""
    return str(serialize_pattern(CATALOGUES[language][key].value)).strip()


def placeholders(language: str, key: str) -> set[str]:
    found: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, ast.VariableReference):
            found.add(node.id.name)
        for value in vars(node).values() if hasattr(node, "__dict__") else ():
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, ast.BaseNode):
                    walk(inner)

    walk(CATALOGUES[language][key])
    return found


def pack_keys() -> Iterator[str]:
    """Every key that the country pack asks for."""
    for question in PACK.questionnaire.questions:
        yield from (f"ask-{question.id}", f"help-{question.id}")
        yield from (f"option-{question.id}-{option}" for option in question.options)
        if question.told:
            yield f"short-{question.id}"
        yield from (f"note-{branch.note}" for branch in question.branches.values() if branch.note)
    for name, entries in PACK.questionnaire.vocabularies.items():
        yield from (f"vocab-{name}-{entry.id}" for entry in entries)


def own_keys() -> set[str]:
    """The keys of questions.ftl and talk.ftl."""
    return {
        key
        for key, entry in CATALOGUES["en"].items()
        if any(f"\n{key} =" in f"\n{text}" for text in own_catalogues())
    }


def own_catalogues() -> list[str]:
    folder = SOURCE / "locales" / "en"
    return [(folder / name).read_text(encoding="utf-8") for name in ("questions.ftl", "talk.ftl")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_keys(language: str) -> None:
    assert set(CATALOGUES[language]) == set(CATALOGUES["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_takes_the_same_arguments_in_every_language(language: str) -> None:
    for key in CATALOGUES["en"]:
        assert placeholders(language, key) == placeholders("en", key), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pack_finds_every_sentence_it_asks_for(language: str) -> None:
    for key in pack_keys():
        assert TEXTS.has(language, key), key


@pytest.mark.checkout
def test_no_sentence_is_unused() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    for key in own_keys() - set(pack_keys()):
        assert f'"{key}"' in sources or key.startswith(BUILT), key


@pytest.mark.checkout
def test_no_sentence_is_unknown() -> None:
    for path in (SOURCE / "intake").glob("*.py"):
        for key in re.findall(
            r'(?:Line|button)\((?:page\.talk, |talk, )?"([a-z-]+)"', path.read_text(encoding="utf-8")
        ):
            assert TEXTS.has("en", key), f"{path.name}: {key}"


def test_the_built_keys_are_there() -> None:
    keys = [f"missing-{reason}" for reason in Missing.__args__]  # type: ignore[attr-defined]  # a Literal has them
    keys += [f"help-screen-{state}" for state in SCREENS]
    keys += [f"language-{language}" for language in LANGUAGES]
    keys += [f"misread-person-{reason}" for reason in ("not_understood", "impossible_year", "several")]
    keys += [f"misread-date-{reason}" for reason in ("not_understood", "future", "impossible")]
    assert all(TEXTS.has("en", key) for key in keys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_promises_what_we_cannot_keep(language: str) -> None:
    for key in CATALOGUES[language]:
        assert not FORBIDDEN.search(words(language, key)), key


def test_the_search_for_promises_would_find_them() -> None:
    for promise in ("This chat is safe", "Это безопасно", "Бяспечней", "ананімна і анонімна", "Securely"):
        assert FORBIDDEN.search(promise), promise


@pytest.mark.parametrize("language", LANGUAGES)
def test_button_labels_fit_on_a_phone(language: str) -> None:
    listed = {
        f"option-{question.id}-{option}"
        for question in PACK.questionnaire.questions
        if question.listed
        for option in question.options
    }
    for key in CATALOGUES[language]:
        if key.startswith(("option-", "vocab-", "nav-", "language-")) and key not in listed:
            assert len(words(language, key)) <= LABEL, key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("watcher", ["telegram", "matrix", "console"])
def test_the_first_screen_is_short(language: str, watcher: str) -> None:
    said = TEXTS.say(language, Line("ask-start", {"watcher": Line(f"watcher-{watcher}")}))
    assert len(said.split()) <= 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_on_a_locked_screen_tells_nothing(language: str) -> None:
    plain: dict[str, str | int | Line] = {"watcher": "", "code": "K7Q4F", "minutes": 15, "n": "1", "of": "11"}
    keys = [f"ask-{question.id}" for question in PACK.questionnaire.questions]
    keys += [
        "sent-head",
        "farewell",
        "erased",
        "lapsed",
        "lapsed-kept",
        "warning",
        "lost",
        "lost-perhaps",
        "review-head",
        "ask-erase",
    ]
    for key in keys:
        assert not TELLING.search(TEXTS.say(language, Line(key, plain))[:PREVIEW]), key


def test_whole_screens_begin_without_telling_words() -> None:
    chat = Chat()
    for text in ("/start", "Так, я за мяжой", "маці", "Ян Прыклад, 1990", "учора", "Мінск", "КДБ"):
        chat.write(text)
        assert not TELLING.search(chat.text[:PREVIEW])
    chat = at_review()
    chat.press("Адправіць")
    assert not TELLING.search(chat.text[:PREVIEW])


@each((words,) for words in ["Ян", "100", "᱓᱔", -1, 100, Line("so-far", {"words": "Ян"})])
def test_somebodys_words_are_not_remembered(words: str | int | Line) -> None:
    """Nor digits of every script: there are so many that a stranger could fill the memory with them."""
    assert _fixed(Line("so-far", {"words": words})) is None


@each((words,) for words in ["7", "42", 0, 99, Line("stale")])
def test_what_says_nothing_about_anybody_is_remembered(words: str | int | Line) -> None:
    assert _fixed(Line("so-far", {"words": words})) is not None


def test_a_line_inside_a_line_is_said_first() -> None:
    line = Line("listing", {"first": Line("nav-skip"), "rest": Line("nav-send")})
    assert TEXTS.say("en", line) == "Skip, Send"


def test_what_somebody_wrote_is_never_read_as_a_sentence_of_ours() -> None:
    assert TEXTS.say("en", Line("plain", {"words": "{ $code } { nav-send }"})) == "{ $code } { nav-send }"


def test_an_unknown_sentence_is_refused_by_its_key() -> None:
    with pytest.raises(UnknownText, match="no-such-key"):
        TEXTS.say("be", Line("no-such-key"))


def test_a_missing_argument_is_refused() -> None:
    with pytest.raises(UnknownText, match="warning"):
        TEXTS.say("ru", Line("warning"))


def test_a_screen_becomes_text_and_rows_of_labels_and_tokens() -> None:
    screen = Screen((Line("erased"), Line("farewell")), ((Button(Line("nav-back"), "AAAA.1:b"),),))
    text, rows = TEXTS.show("en", screen)
    assert text.count("\n") == 1
    assert rows == ((("‹ Back", "AAAA.1:b"),),)


@each([("ru-RU", "ru"), ("en", "en"), ("be_BY", "be"), ("de", "be"), ("", "be"), (None, "be")])
def test_the_language_follows_the_phone_where_we_speak_it(hint: str | None, language: str) -> None:
    assert Texts.load().choose(hint) == language
