"""Days as they are told from today: сёння, учора, 2 гадзіны таму, три дня назад, в прошлую пятницу."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from handlers.intake.date_finds import Asked, Found, find_day, find_month, find_year, months_back
from handlers.intake.date_words import any_of, is_about, read_day_word, read_weekday, words_of
from handlers.intake.spelling import fold, latinise

_UNITS: Mapping[str, str] = {
    fold(word): unit
    for unit, words in {
        "minute": "минуту минуты минут мин хвіліну хвіліны хвілін хв minute minutes min mins",
        "hour": "час часа часов часу часы гадзіну гадзіны гадзін ч hour hours hr hrs h годину",
        "day": "день дня дней дзень дні дзён сутки суток суткі сутак day days",
        "week": "неделю недели недель неделя тыдзень тыдні тыдняў week weeks",
        "month": "месяц месяца месяцев месяцы месяцаў month months",
        "year": "год года лет гады гадоў year years",
    }.items()
    for word in words.split()
}
_UNIT = "(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + ")"
_AGO = any_of("назад таму тому ago back")
_HALF_HOUR = any_of("полчаса получаса паўгадзіны паўгадзіну полчасика")
_HOUR_AND_HALF = any_of("полтора паўтары")
_COUNTED = re.compile(rf"(?<![a-z0-9.:])~?([0-9]{{1,4}}) ?~?{_UNIT}(?: {any_of('як')})? {_AGO}(?![a-z])")
_SWAPPED = re.compile(rf"(?<![a-z]){_UNIT} ~?([0-9]{{1,4}}) {_AGO}(?![a-z])")
_SINGLE = re.compile(rf"(?<![a-z])(?:an? |any )?{_UNIT} {_AGO}(?![a-z])")
_TURNED = re.compile(rf"(?<![a-z]){any_of('назад таму тому')} ~?([0-9]{{1,4}}) {_UNIT}(?![a-z])")
_HALF = re.compile(rf"(?<![a-z])(?:{_HALF_HOUR}|half an haur|half haur) {_AGO}(?![a-z])")
_ONE_HALF = re.compile(rf"(?<![a-z]){_HOUR_AND_HALF} {_UNIT} {_AGO}(?![a-z])")
_ALREADY = re.compile(
    rf"(?<![a-z]){any_of('ужо уже already for')} ~?(?:([0-9]{{1,4}}) ?|an? )?{_UNIT}(?![a-z])"
)
_JUST = re.compile(
    r"(?<![a-z])(?:"
    + "|".join(
        fold(words)
        for words in (
            "только что",
            "толькі што",
            "just now",
            "right now",
            "токо что",
            "только шо",
            "токо шо",
            "тока шо",
            "толькі шо",
            "only now",
            "прямо сейчас",
        )
    )
    + r"|talka-talka|talki-talki|tolka sta|just happened)(?![a-z])"
)
_NOW = re.compile(rf"(?<![a-z]){any_of('сейчас зараз цяпер now щас сичас')}(?![a-z])")
_BEFORE_YESTERDAY = re.compile(rf"(?<![a-z]){latinise('day before yesterday')}(?![a-z])")
_NIGHT_OF = re.compile(rf"(?<![a-z]){latinise('night')}(?![a-z])|(?<![a-z])(?:s|z|sa) [a-z0-9.]{{1,16}} na ")
_LAST_NIGHT = re.compile(rf"(?<![a-z])last {latinise('night')}(?![a-z])")
_LASTS = any_of(
    "прошлый прошлую прошлое прошлой прошлая прошлым мінулы мінулую мінулай мінулая мінулым last previous"
)
_LAST = re.compile(rf"(?<![a-z]){_LASTS}(?![a-z])")
_WEEK = any_of("неделе неделю неделя недели тыдні тыдзень тыдня week")
_LAST_WEEK = re.compile(rf"{_LAST.pattern} {_WEEK}(?![a-z])")
_THIS_WEEK = re.compile(rf"(?<![a-z]){any_of('этой этою гэтым гэтай гэтага this')} {_WEEK}(?![a-z])")
_WEEKEND = re.compile(rf"(?<![a-z]){any_of('выходные выходных выхадныя выхадных weekend')}(?![a-z])")
_NEXTS = any_of("следующий следующую следующей следующем наступны наступную наступным next будущий будущую")
_NEXT = re.compile(rf"(?<![a-z]){_NEXTS} $")
_COMING = re.compile(
    rf"(?<![a-z])(?:{any_of('через праз')} ~?(?:[0-9]{{1,4}} )?{_UNIT}"
    rf"|in ~?(?:[0-9]{{1,4}}|an?) {_UNIT}(?! {_AGO})"
    rf"|{_NEXTS} [a-z]{{3,12}})(?![a-z])"
)


def _span(match: re.Match[str], asked: Asked, *, count: int, unit: str) -> Found | None:
    """Minutes and hours keep the time of day; weeks are rough; months and years leave the day open."""
    if unit in {"minute", "hour"} and count <= 9999:
        then = asked.now - timedelta(**{unit + "s": count})
        return find_day(match, then.date(), rough=True, time=then.strftime("%H:%M"))
    if unit in {"day", "week"}:
        days = count * (7 if unit == "week" else 1)
        rough = unit == "week" or days > 6 or is_about(asked.plain)
        return find_day(match, asked.today - timedelta(days=days), rough=rough)
    if unit == "month":
        year, month = months_back(asked, count)
        return find_month(match, asked, year=year, month=month) if year > 0 else None
    return find_year(match, asked, year=max(asked.today.year - count, 1))


def _minutes(match: re.Match[str], asked: Asked, minutes: int) -> Found:
    then = asked.now - timedelta(minutes=minutes)
    return find_day(match, then.date(), rough=True, time=then.strftime("%H:%M"))


def find_ago(asked: Asked) -> Found | None:
    """2 hours ago, тры дні таму, неделю назад, дня три назад, полчаса назад."""
    for pattern, number, unit in ((_COUNTED, 1, 2), (_SWAPPED, 2, 1), (_TURNED, 1, 2)):
        match = pattern.search(asked.plain)
        if match:
            return _span(match, asked, count=int(match[number]), unit=_UNITS[match[unit]])
    for pattern, minutes in ((_HALF, 30), (_ONE_HALF, 90)):
        match = pattern.search(asked.plain)
        if match:
            return _minutes(match, asked, minutes)
    match = _SINGLE.search(asked.plain)
    if match:
        return _span(match, asked, count=1, unit=_UNITS[match[1]])
    match = _ALREADY.search(asked.plain)
    return _span(match, asked, count=int(match[1] or 1), unit=_UNITS[match[2]]) if match else None


def blank_agos(plain: str) -> str:
    """The words without "2 часа назад" and its like, so that their numbers are not read as hours."""
    for pattern in (_COUNTED, _SWAPPED, _TURNED, _HALF, _ONE_HALF, _SINGLE, _ALREADY):
        plain = pattern.sub(" ", plain)
    return plain


def find_now(asked: Asked) -> Found | None:
    """толькі што, только что, just now; "now" alone only in a short answer."""
    match = _JUST.search(asked.plain)
    if match is None and len(asked.plain.split()) <= 4:
        match = _NOW.search(asked.plain)
    return _minutes(match, asked, 0) if match else None


def find_last_night(asked: Asked) -> Found | None:
    """Last night: yesterday, late."""
    match = _LAST_NIGHT.search(asked.plain)
    return find_day(match, asked.today - timedelta(days=1), rough=True, time="23:00") if match else None


def is_overnight(asked: Asked) -> bool:
    """ "Sunday night", "в ночь с субботы на воскресенье": the night that begins on the day that is named."""
    return _NIGHT_OF.search(asked.plain) is not None


def find_day_word(asked: Asked) -> Found | None:
    """сёння, вчера, the day before yesterday; завтра is refused as the future."""
    match = _BEFORE_YESTERDAY.search(asked.plain)
    if match:
        return find_day(match, asked.today - timedelta(days=2))
    for word in words_of(asked.plain):
        age = read_day_word(word[0])
        if age is not None and age >= 0:
            return find_day(word, asked.today - timedelta(days=age))
    return None


def find_coming(asked: Asked) -> Found | None:
    """завтра, праз 2 гадзіны, next Friday: nothing that has happened."""
    match = _COMING.search(asked.plain)
    if match is None:
        match = next((word for word in words_of(asked.plain) if read_day_word(word[0]) == -1), None)
    return Found(match.start(), match.end(), None, reason="future") if match else None


def _weekday_back(now: datetime, weekday: int) -> int:
    return (now.weekday() - weekday) % 7


def find_weekday(asked: Asked) -> Found | None:
    """в понедельник; "в прошлую пятницу" is never today; "на прошлой неделе в пятницу" is of that week."""
    for word in words_of(asked.plain):
        weekday = read_weekday(word[0])
        if weekday is None:
            continue
        if _NEXT.search(asked.plain[: word.start()]):
            return Found(word.start(), word.end(), None, reason="future")
        back = _weekday_back(asked.now, weekday)
        if _LAST_WEEK.search(asked.plain):
            back = asked.today.weekday() + 7 - weekday
        elif back == 0 and _LAST.search(asked.plain):
            back = 7
        rough = back == 0 or _LAST.search(asked.plain) is not None
        return find_day(word, asked.today - timedelta(days=back), rough=rough)
    return None


def find_week(asked: Asked) -> Found | None:
    """на прошлой неделе, у выхадныя: a rough day; на этой неделе: the month."""
    match = _WEEKEND.search(asked.plain)
    if match:
        return find_day(match, asked.today - timedelta(days=_weekday_back(asked.now, 5)), rough=True)
    match = _LAST_WEEK.search(asked.plain)
    if match:
        return find_day(match, asked.today - timedelta(days=7), rough=True)
    match = _THIS_WEEK.search(asked.plain)
    return find_month(match, asked, year=asked.today.year, month=asked.today.month) if match else None
