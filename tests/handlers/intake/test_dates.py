"""Dates as people type them: tables of phrases, and what no text may ever do."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.intake.dates import Misread, When, quick_when, read_when
from tests.handlers.intake.phrases import rows

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 11, 23, 15, 20, tzinfo=MINSK)  # a Monday

DAYS = """
сёння | 2026-11-23 | exact
сегодня | 2026-11-23 | exact
today | 2026-11-23 | exact
siońnia | 2026-11-23 | exact
сення | 2026-11-23 | exact
севодня | 2026-11-23 | exact
сегоня | 2026-11-23 | exact
учора | 2026-11-22 | exact
вчера | 2026-11-22 | exact
yesterday | 2026-11-22 | exact
učora | 2026-11-22 | exact
Учора! | 2026-11-22 | exact
пазаўчора | 2026-11-21 | exact
позавчера | 2026-11-21 | exact
заўчора | 2026-11-21 | exact
позовчера | 2026-11-21 | exact
the day before yesterday | 2026-11-21 | exact
12.03 | 2026-03-12 | exact
12.03. | 2026-03-12 | exact
12.03.2026 | 2026-03-12 | exact
12.3.26 | 2026-03-12 | exact
12/3 | 2026-03-12 | exact
12/03/2026 | 2026-03-12 | exact
12-03-2026 | 2026-03-12 | exact
12 03 2026 | 2026-03-12 | exact
03/25/2026 | 2026-03-25 | exact
3/25 | 2026-03-25 | exact
2026-03-12 | 2026-03-12 | exact
2026.03.12 | 2026-03-12 | exact
12.03.98 | 1998-03-12 | exact
24.11 | 2025-11-24 | exact
23.11 | 2026-11-23 | exact
сегодня, 23.11 | 2026-11-23 | exact
12-13.03 | 2026-03-12 | estimate
12.03? | 2026-03-12 | estimate
19 ноября | 2026-11-19 | exact
19 лістапада | 2026-11-19 | exact
19 listapada | 2026-11-19 | exact
19 ноебря | 2026-11-19 | exact
15 октебря | 2026-10-15 | exact
19 ноя | 2026-11-19 | exact
19 nov | 2026-11-19 | exact
Nov 19 | 2026-11-19 | exact
November 19, 2025 | 2025-11-19 | exact
19th of November | 2026-11-19 | exact
the 19th of November 2025 | 2025-11-19 | exact
19-га лістапада | 2026-11-19 | exact
19-го ноября 2025 года | 2025-11-19 | exact
31 декабря | 2025-12-31 | exact
01.01 | 2026-01-01 | exact
29.02 | 2024-02-29 | exact
29 лютага | 2024-02-29 | exact
2 студзеня | 2026-01-02 | exact
3 лютага | 2026-02-03 | exact
8 сакавіка | 2026-03-08 | exact
4 красавіка | 2026-04-04 | exact
9 мая | 2026-05-09 | exact
5 траўня | 2026-05-05 | exact
6 чэрвеня | 2026-06-06 | exact
3 ліпеня | 2026-07-03 | exact
9 жніўня | 2026-08-09 | exact
1 верасня | 2026-09-01 | exact
7 кастрычніка | 2026-10-07 | exact
25 снежня | 2025-12-25 | exact
9 августа 2020 | 2020-08-09 | exact
двадцать третьего марта | 2026-03-23 | exact
першага верасня | 2026-09-01 | exact
семнадцатого ноября | 2026-11-17 | exact
прыкладна 12 лютага | 2026-02-12 | estimate
примерно 12.03 | 2026-03-12 | estimate
around 12 March | 2026-03-12 | estimate
12 или 13 марта | 2026-03-12 | estimate
с 12 на 13 марта | 2026-03-12 | estimate
12-13 марта | 2026-03-12 | estimate
20го | 2026-11-20 | exact
20-га | 2026-11-20 | exact
5 числа | 2026-11-05 | exact
5 чысла | 2026-11-05 | exact
28 числа | 2026-10-28 | exact
on the 5th | 2026-11-05 | exact
5 числа прошлого месяца | 2026-10-05 | exact
три дня назад | 2026-11-20 | exact
тры дні таму | 2026-11-20 | exact
3 dni tamu | 2026-11-20 | exact
3 days ago | 2026-11-20 | exact
three days ago | 2026-11-20 | exact
дня три назад | 2026-11-20 | exact
пару дней назад | 2026-11-21 | estimate
несколько дней назад | 2026-11-20 | estimate
некалькі дзён таму | 2026-11-20 | estimate
a few days ago | 2026-11-20 | estimate
a week ago | 2026-11-16 | estimate
неделю назад | 2026-11-16 | estimate
тыдзень таму | 2026-11-16 | estimate
2 недели назад | 2026-11-09 | estimate
в прошлую пятницу | 2026-11-20 | estimate
у мінулую пятніцу | 2026-11-20 | estimate
last friday | 2026-11-20 | estimate
в пятницу | 2026-11-20 | exact
у пятніцу | 2026-11-20 | exact
on Friday | 2026-11-20 | exact
пт | 2026-11-20 | exact
on Monday | 2026-11-23 | estimate
в понедельник | 2026-11-23 | estimate
в прошлый понедельник | 2026-11-16 | estimate
у мінулы панядзелак | 2026-11-16 | estimate
у аўторак | 2026-11-17 | exact
в среду | 2026-11-18 | exact
у чацвер | 2026-11-19 | exact
у нядзелю | 2026-11-22 | exact
в субботу | 2026-11-21 | exact
у выхадныя | 2026-11-21 | estimate
на прошлой неделе | 2026-11-16 | estimate
last week | 2026-11-16 | estimate
на прошлой неделе в среду | 2026-11-18 | estimate
в понедельник 16 ноября | 2026-11-16 | exact
"""

TIMES = """
сёння каля 14 | 2026-11-23 | 14:00 | estimate
учора вечарам | 2026-11-22 | 19:00 | estimate
19 ноября утром | 2026-11-19 | 08:00 | estimate
siońnia ranicaj | 2026-11-23 | 08:00 | estimate
yesterday at 5pm | 2026-11-22 | 17:00 | exact
yesterday at 5:30 p.m. | 2026-11-22 | 17:30 | exact
today 14:30 | 2026-11-23 | 14:30 | exact
сегодня в 14.30 | 2026-11-23 | 14:30 | exact
вчера 14 | 2026-11-22 | 14:00 | exact
вчера в 12.05 | 2026-11-22 | 12:05 | exact
12 марта в 6 утра | 2026-03-12 | 06:00 | exact
12 сакавіка а 6-й раніцы | 2026-03-12 | 06:00 | exact
12.03.2026 14:30 | 2026-03-12 | 14:30 | exact
12.03 14:30 | 2026-03-12 | 14:30 | exact
2026-03-12T14:30 | 2026-03-12 | 14:30 | exact
20 лістапада а 14-й гадзіне | 2026-11-20 | 14:00 | exact
20 лістапада а шостай вечара | 2026-11-20 | 18:00 | exact
12th of March at 6:30 am | 2026-03-12 | 06:30 | exact
20-го утром в 7:15 | 2026-11-20 | 07:15 | exact
у чацвер каля 10 раніцы | 2026-11-19 | 10:00 | estimate
сегодня в 15 часов 10 минут | 2026-11-23 | 15:10 | exact
сёння ў 9 гадзін раніцы | 2026-11-23 | 09:00 | exact
вчера в два часа ночи | 2026-11-22 | 02:00 | exact
вчера в 11 ночи | 2026-11-22 | 23:00 | exact
вчера вечером в 7 | 2026-11-22 | 19:00 | exact
вчера в полседьмого вечера | 2026-11-22 | 18:30 | exact
без десяти шесть вечера вчера | 2026-11-22 | 17:50 | exact
half past five yesterday | 2026-11-22 | 17:30 | estimate
today around 3 | 2026-11-23 | 15:00 | estimate
учора ў 7 | 2026-11-22 | 07:00 | estimate
вчера в час дня | 2026-11-22 | 13:00 | exact
вчера в полночь | 2026-11-22 | 00:00 | estimate
вчера в обед | 2026-11-22 | 12:00 | estimate
учора ўдзень | 2026-11-22 | 14:00 | estimate
учора на світанні | 2026-11-22 | 05:00 | estimate
вчера ночью | 2026-11-22 | 23:00 | estimate
last night | 2026-11-22 | 23:00 | estimate
last night at 2am | 2026-11-23 | 02:00 | estimate
в ночь на 20 ноября | 2026-11-20 | 03:00 | estimate
с 12 на 13 марта ночью | 2026-03-12 | 23:00 | estimate
ночью | 2026-11-23 | 03:00 | estimate
сегодня ночью | 2026-11-23 | 03:00 | estimate
утром | 2026-11-23 | 08:00 | estimate
раніцай | 2026-11-23 | 08:00 | estimate
this morning | 2026-11-23 | 08:00 | estimate
вечером | 2026-11-22 | 19:00 | estimate
сегодня вечером | 2026-11-23 | 15:00 | estimate
около 7 вечера | 2026-11-22 | 19:00 | estimate
в 9 | 2026-11-23 | 09:00 | estimate
14:30 | 2026-11-23 | 14:30 | estimate
в 23:00 | 2026-11-22 | 23:00 | estimate
just now | 2026-11-23 | 15:20 | estimate
толькі што | 2026-11-23 | 15:20 | estimate
только что | 2026-11-23 | 15:20 | estimate
сейчас | 2026-11-23 | 15:20 | estimate
2 hours ago | 2026-11-23 | 13:20 | estimate
2 гадзіны таму | 2026-11-23 | 13:20 | estimate
два часа назад | 2026-11-23 | 13:20 | estimate
час назад | 2026-11-23 | 14:20 | estimate
an hour ago | 2026-11-23 | 14:20 | estimate
гадзіну таму | 2026-11-23 | 14:20 | estimate
полчаса назад | 2026-11-23 | 14:50 | estimate
паўгадзіны таму | 2026-11-23 | 14:50 | estimate
half an hour ago | 2026-11-23 | 14:50 | estimate
полтора часа назад | 2026-11-23 | 13:50 | estimate
10 минут назад | 2026-11-23 | 15:10 | estimate
20 hours ago | 2026-11-22 | 19:20 | estimate
некалькі гадзін таму | 2026-11-23 | 12:20 | estimate
мужа забрали вчера около 14 из дома, мы ничего не знаем | 2026-11-22 | 14:00 | estimate
яго забралі сёння раніцай, мы шукаем | 2026-11-23 | 08:00 | estimate
"""

MONTHS = """
в марте | 2026-03 | unknown_day
у сакавіку | 2026-03 | unknown_day
in March | 2026-03 | unknown_day
март | 2026-03 | unknown_day
у сакавіку 2026 | 2026-03 | unknown_day
в марте 2020 года | 2020-03 | unknown_day
в марте прошлого года | 2025-03 | unknown_day
летась у сакавіку | 2025-03 | unknown_day
в декабре | 2025-12 | unknown_day
в начале ноября | 2026-11 | unknown_day
напрыканцы кастрычніка 2025 | 2025-10 | unknown_day
early March | 2026-03 | unknown_day
03.2026 | 2026-03 | unknown_day
2026-03 | 2026-03 | unknown_day
в прошлом месяце | 2026-10 | unknown_day
у мінулым месяцы | 2026-10 | unknown_day
last month | 2026-10 | unknown_day
месяц назад | 2026-10 | unknown_day
тры месяцы таму | 2026-08 | unknown_day
на этой неделе | 2026-11 | unknown_day
2025 | 2025 | unknown_month
в 2025 году | 2025 | unknown_month
у 2021 годзе | 2021 | unknown_month
in 2020 | 2020 | unknown_month
летась | 2025 | unknown_month
в прошлом году | 2025 | unknown_month
last year | 2025 | unknown_month
год назад | 2025 | unknown_month
мінулым летам | 2026 | unknown_month
летом 2021 | 2021 | unknown_month
"""

REFUSED = """
31.02 | impossible
31.02.2026 | impossible
45.03 | impossible
12.13 | impossible
31 июня | impossible
2026-02-30 | impossible
12 марта 1890 | impossible
сегодня 25:70 | impossible
25.12.2026 | future
12.03.27 | future
24 ноября 2026 | future
завтра | future
заўтра раніцай | future
tomorrow | future
через 2 часа | future
праз тыдзень | future
next friday | future
сегодня в 23:30 | future
2030 | future
недавно | not_understood
не помню | not_understood
мая жонка | not_understood
забрали другого человека | not_understood
кто-то 5 раз звонил | not_understood
12 | not_understood
??? | not_understood
they took us | not_understood
😀 | not_understood
"""


def read(text: str) -> tuple[str | None, ...]:
    found = read_when(text, now=NOW)
    return (found.reason,) if isinstance(found, Misread) else (found.day, found.time, found.precision)


@pytest.mark.parametrize(("phrase", "day", "precision"), rows(DAYS))
def test_a_day_is_read_as_it_is_told(phrase: str, day: str, precision: str) -> None:
    assert read(phrase) == (day, None, precision)


@pytest.mark.parametrize(("phrase", "day", "time", "precision"), rows(TIMES))
def test_a_day_and_its_time_are_read_together(phrase: str, day: str, time: str, precision: str) -> None:
    assert read(phrase) == (day, time, precision)


@pytest.mark.parametrize(("phrase", "month", "precision"), rows(MONTHS))
def test_a_month_or_year_stays_as_rough_as_it_is_told(phrase: str, month: str, precision: str) -> None:
    assert read(phrase) == (month, None, precision)


@pytest.mark.parametrize(("phrase", "reason"), rows(REFUSED))
def test_what_cannot_be_is_refused_with_its_reason(phrase: str, reason: str) -> None:
    assert read(phrase) == (reason,)


@pytest.mark.parametrize(
    ("now", "phrase", "day"),
    [
        (datetime(2026, 11, 24, 1, 5, tzinfo=MINSK), "ночью", "2026-11-24"),
        (datetime(2026, 11, 24, 1, 5, tzinfo=MINSK), "2 hours ago", "2026-11-23"),
        (datetime(2026, 11, 24, 1, 5, tzinfo=MINSK), "вечером", "2026-11-23"),
        (datetime(2026, 1, 1, 10, 0, tzinfo=MINSK), "вчера", "2025-12-31"),
        (datetime(2026, 1, 1, 10, 0, tzinfo=MINSK), "в прошлом месяце", "2025-12"),
        (datetime(2026, 11, 23, 22, 30, tzinfo=MINSK), "24.11", "2026-11-24"),
        (datetime(2028, 3, 1, 10, 0, tzinfo=MINSK), "29.02", "2028-02-29"),
    ],
)
def test_the_turn_of_night_month_and_year_is_kept(now: datetime, phrase: str, day: str) -> None:
    found = read_when(phrase, now=now)
    assert isinstance(found, When)
    assert found.day == day


def test_the_buttons_mean_what_they_say() -> None:
    assert quick_when("now3h", now=NOW) == When("2026-11-23", "13:50", "estimate")
    assert quick_when("today", now=NOW) == When("2026-11-23", None, "exact")
    assert quick_when("yesterday", now=NOW) == When("2026-11-22", None, "exact")


def test_a_date_shows_nothing_of_itself_in_its_repr() -> None:
    assert "2026" not in repr(quick_when("today", now=NOW))


_WORDS = """
12 3 2026 31 99 . / - : , в у сёння вчера tomorrow назад ago гадзіны марта лістапада friday пятніцу утром
pm ночью 14:30 12.03 пару through last месяц года 🙂 полседьмого без число
"""
_PIECES = st.sampled_from(_WORDS.split())
_TEXTS = st.one_of(st.text(max_size=4000), st.lists(_PIECES, max_size=60).map(" ".join))
_NOWS = st.datetimes(datetime(2021, 1, 1), datetime(2040, 1, 1), timezones=st.just(MINSK))  # noqa: DTZ001


@settings(deadline=None)
@given(text=_TEXTS, now=_NOWS)
def test_no_text_breaks_the_reader_and_no_date_lies_in_the_future(text: str, now: datetime) -> None:
    found = read_when(text, now=now)
    assert found == read_when(text, now=now)
    if isinstance(found, When):
        assert found.day is not None
        assert found.day <= (now + timedelta(hours=3)).date().isoformat()
        assert (found.time is None) or len(found.day) == 10
        assert found.precision in {"exact", "estimate", "unknown_day", "unknown_month"}


@settings(deadline=None)
@given(day=st.dates(datetime(1990, 1, 1).date(), datetime(2026, 11, 23).date()))  # noqa: DTZ001
def test_a_read_date_written_out_reads_the_same_again(day: object) -> None:
    assert read(str(day)) == (str(day), None, "exact")


@pytest.mark.parametrize(
    "text", ["1" * 4000, "12." * 1300, "a " * 2000, "два " * 1000, "-" * 4000, "1 na " * 800]
)
def test_long_monotonous_text_is_read_to_its_end(text: str) -> None:
    assert isinstance(read_when(text, now=NOW), When | Misread)
