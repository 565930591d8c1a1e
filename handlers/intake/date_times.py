"""Times of day: 14:30, каля 14, в 6 утра, около 7 вечера, at 5pm, вечарам, ночью.

Words for parts of the day stand for one hour each, always as an estimate: night 03:00, dawn 05:00,
morning 08:00, noon 12:00, day 14:00, evening 19:00, midnight 00:00.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from handlers.intake.date_words import any_of, words_of
from handlers.intake.spelling import fold

_PARTS = {
    "night": "ночью ноччу ночи ночы ночь ноч night уночы ноччы уначы",
    "dawn": "рассвете рассвета світанні світанку світання досвіткам dawn",
    "morning": "утром утра утречком раніцай раніцы раніцою ранкам ранку зранку раніцу утро раніца morning",
    "noon": "полдень полдня поўдзень апоўдні апоўдня noon midday обед обеда обеде абед абеду абедзе",
    "day": "днём удзень дня afternoon пополудни папаўдні",
    "evening": "вечером вечера вечерам вечарам вечара увечары вечар вечер увечар evening tonight",
    "midnight": "полночь полуночи поўнач апоўначы поўначы midnight",
}
PARTS = {fold(word): part for part, words in _PARTS.items() for word in words.split()}
HOUR_OF = {
    "night": "03:00", "dawn": "05:00", "morning": "08:00", "noon": "12:00", "day": "14:00",
    "evening": "19:00", "midnight": "00:00",
}  # fmt: skip
BEGINS = {"night": 0, "dawn": 4, "morning": 5, "noon": 11, "day": 11, "evening": 16, "midnight": 0}

_H, _M, _END = r"([0-9]{1,2})", r"([0-9]{2})", r"(?![a-z])"
_HEAD = r"(?<![0-9:/-])(?<![0-9]\.)"
_HOURS = any_of("час часа часов часу часоў гадзін гадзіны гадзіна гадзіне ч hour hours oclock h")
_MINUTES = any_of("мин минут минуты хв хвілін хвіліны min minutes m")
_AT = any_of(
    "в ў у а at каля около к до после пасля да с з о районе раёне примерно прыкладна about around by "
    "after before"
)
_ON = any_of("из з на в у да до каля около и і in at from on ад от дома")
_COLON = re.compile(rf"(?<![0-9:.]){_H}:{_M}(?::[0-9]{{2}})?(?![0-9:])")
_SPOKEN = re.compile(
    rf"{_HEAD}{_H}(?:-?(?:th|i|ai|ti|mi)(?![a-z]))? ?(?:{_HOURS}|a-?clack){_END}"
    rf"(?:[ .]{{1,2}}{_H} ?{_MINUTES}{_END})?"
)
_LED = re.compile(
    rf"(?:(?<![a-z]){_AT} |~){_H}(?:[ .-]{_M})?(?:-?(?:th|i|ai|ti|mi){_END})?(?![0-9:/-]|\.[0-9])"
    rf"(?= ?$| ?[,.?]|(?: {_ON}{_END}))"
)
_LED_BRIEF = re.compile(rf"(?:(?<![a-z]){_AT} |~){_H}(?![0-9:/-]|\.[0-9]| ?[a-z]{{0,3}} ?cisl| [0-9])")
_DOTTED = re.compile(rf"{_HEAD}([01]?[0-9]|2[0-3])[.-]([0-5][0-9])(?![0-9:/-]|\.[0-9])")
_ALONE = re.compile(rf"[ ,.]*{_H}[ .]*")
_HALF = re.compile(rf"(?<![a-z])(?:palau[a-z]{{0,4}}|palaua|pal|pau) {_H}(?:-th|(?![0-9:.,-]))")
_PAST_HALF = re.compile(rf"(?<![a-z])half past {_H}(?![0-9:])")
_TO = re.compile(rf"(?<![a-z])bez (?:{_H}|(cetuerti|cuerci))(?: {_MINUTES})? {_H}(?![0-9:])")
_AM_PM = re.compile(r" ?([ap])\.? ?m(?![a-z])\.?")
_ONE = re.compile(rf"(?<![a-z]){_AT} (?:{_HOURS}) ({any_of('дня ночи ночы')}){_END}")
_PART_AFTER = re.compile(rf"(?:[ -]?(?:{_HOURS}){_END})?,? (?:in the |at )?([a-z]{{2,12}})")


_HOUR_RANGE = re.compile(rf"{_HEAD}{_H}((?::[0-9]{{2}})?) ?- ?{_H}(?::[0-9]{{2}})?(?![0-9:./-])")
_FROM_TO = re.compile(
    rf"(?<![a-z])(?:s|z|ad|at|fram) {_H}((?:[:.][0-9]{{2}})?) (?:da|ta) {_H}(?:[:.][0-9]{{2}})?(?![0-9:./-])"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; not `sure` when it is a part of the day, or an hour that may be of either half."""

    time: str = field(repr=False)
    sure: bool
    part: str | None = None
    worded: bool = False  # a part of the day alone

    @property
    def hour(self) -> int:
        return int(self.time[:2])


@dataclass(frozen=True, slots=True)
class _Seen:
    hour: int
    minute: int | None
    end: int
    worded: bool = False


def _pattern_times(plain: str) -> _Seen | None:
    """The first time by the most telling pattern."""
    brief = (_LED_BRIEF,) if len(plain.split()) <= 6 else ()
    for pattern in (_COLON, _SPOKEN, _LED, *brief, _DOTTED):
        match = pattern.search(plain)
        if match:
            minute = match[2] if pattern.groups > 1 else None
            return _Seen(int(match[1]), int(minute) if minute else None, match.end())
    return None


def _worded_times(plain: str) -> _Seen | None:
    """Half past five, половина шестого, без десяти шесть."""
    if match := _HALF.search(plain):
        return _Seen((int(match[1]) - 1) % 24, 30, match.end(), worded=True)
    if match := _PAST_HALF.search(plain):
        return _Seen(int(match[1]), 30, match.end(), worded=True)
    if match := _TO.search(plain):
        early = int(match[1]) if match[1] else 15
        return _Seen((int(match[3]) - 1) % 24, 60 - early if 0 < early < 60 else 0, match.end(), worded=True)
    return None


def _times_by_part(plain: str) -> tuple[_Seen, str] | None:
    """6 утра, 7.30 вечера, 5 pm: the number that stands right before its part of the day."""
    if worded := _worded_times(plain):
        after = _PART_AFTER.match(plain, worded.end)
        return (worded, PARTS[after[1]]) if after and after[1] in PARTS else None
    for match in re.finditer(rf"{_HEAD}{_H}(?:[.:-]{_M})?(?:-?(?:th|i|ai|ti|mi){_END})?(?![0-9:/])", plain):
        tail = plain[match.end() : match.end() + 40]
        seen = _Seen(int(match[1]), int(match[2]) if match[2] else None, match.end())
        if half := _AM_PM.match(tail):
            return seen, half[1] + "m"
        after = _PART_AFTER.match(tail)
        part = PARTS.get(after[1]) if after else None
        if part:
            return seen, part
    return None


def _turn(hour: int, part: str | None) -> int:
    """The hour of 24 that an hour of 12 and a part of the day mean."""
    if part in {"pm", "evening"}:
        return hour + 12 if 1 <= hour < 12 else hour
    if part == "day":
        return hour + 12 if 1 <= hour <= 7 else hour
    if part in {"am", "night"} and hour == 12:
        return 0
    return hour + 12 if part == "night" and 8 <= hour < 12 else hour


def find_part(plain: str) -> str | None:
    """A part of the day named by itself; "дня" alone is only the word "day"."""
    loose = {fold("дня"), fold("поўнач")}
    return next((PARTS[w[0]] for w in words_of(plain) if w[0] in PARTS and w[0] not in loose), None)


def _begin(span: re.Match[str]) -> str:
    """Of "7-8" the seven, as a guess; "7-30" stays, it is a time."""
    first, second = int(span[1]), int(span[3])
    return f" ~{first}{span[2]}" if 0 < second - first <= 3 or span[2] else span[0]


def _clock(seen: _Seen, part: str | None) -> Clock | None:
    hour = 0 if seen.hour == 24 and not seen.minute else _turn(seen.hour, part)
    if hour > 23 or (seen.minute or 0) > 59:
        return None
    sure = part is not None or (seen.minute is not None and not seen.worded) or hour > 12 or hour == 0
    return Clock(f"{hour:02}:{seen.minute or 0:02}", sure, part)


def find_time(plain: str, *, after_day: bool) -> Clock | str | None:
    """The time in an answer without its date; "impossible" for 25:70, None when there is none.

    `after_day`: a day was read, so a number that is left over ("учора 14") is an hour. Of a span of time
    the beginning is taken, as a guess.
    """
    begun = _FROM_TO.sub(_begin, _HOUR_RANGE.sub(_begin, plain))
    clock = _find_time(begun, after_day=after_day)
    return replace(clock, sure=False) if isinstance(clock, Clock) and begun != plain else clock


def _find_time(plain: str, *, after_day: bool) -> Clock | str | None:
    if match := _ONE.search(plain):
        return Clock("13:00" if match[1] == fold("дня") else "01:00", True)
    told = _times_by_part(plain)
    seen, part = told or (_worded_times(plain) or _pattern_times(plain), find_part(plain))
    if seen is None and after_day and (match := _ALONE.fullmatch(plain)):
        seen = _Seen(int(match[1]), None, match.end())
    if seen is not None:
        return _clock(seen, part) or "impossible"
    return Clock(HOUR_OF[part], False, part, worded=True) if part else None
