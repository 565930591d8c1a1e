"""Telegram counts in UTF-16 units, and takes at most so many to a message."""

from hypothesis import given
from hypothesis import strategies as st

from bot.networks.telegram_texts import mend, shorten, split, units

TEXTS = st.text(alphabet="аbў 🙂\n.", max_size=400)


def test_an_emoji_counts_as_two_units() -> None:
    assert units("ab") == 2
    assert units("🙂") == 2


@given(TEXTS, st.integers(2, 60))
def test_every_part_fits_and_no_letter_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_long_text_is_parted_between_paragraphs() -> None:
    first, second = "а" * 60, "б" * 60
    assert split(f"{first}\n\n{second}", 100) == (first, second)


def test_the_first_part_may_have_less_room_than_the_others() -> None:
    parts = split("слова " * 40, 100, first=30)
    assert units(parts[0]) <= 30
    assert max(units(part) for part in parts[1:]) > 30


def test_a_text_without_any_gap_is_still_parted() -> None:
    assert split("🙂" * 10, 5) == ("🙂🙂", "🙂🙂", "🙂🙂", "🙂🙂", "🙂🙂")


def test_what_is_cut_ends_with_an_ellipsis_and_fits() -> None:
    cut = shorten("🙂" * 100, 21)
    assert cut.endswith("…")
    assert units(cut) <= 21
    assert shorten("кароткае", 21) == "кароткае"


def test_half_a_surrogate_pair_becomes_writable() -> None:
    assert mend("a\ud83d") == "a�"
    mend("\ud83d\ude00🙂ў").encode("utf-8")
