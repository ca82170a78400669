"""The day or days that a resident's words ask about: “mai”, “thứ 6 tuần sau”, “ngày 20”, “rằm tháng này”.

Rules over folded text; today and the lunar calendar are arguments. Where a weekday and a date are both said and do not
agree, the date holds and the nearest such weekday is given beside it.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

ToSolar = Callable[[int, int, int], date | None]
"""Day, month and year of the lunar calendar → the day; None where there is no such day."""
ToLunar = Callable[[date], tuple[int, int, int]]

SUNDAY = 6
JUST_PAST = 7
"""Days: “thứ 6 ngày 20” may still speak of last week’s Friday, where that was a 20th."""
_NUMBERS = {
    word: number
    for number, words in enumerate("khong mot hai ba bon|tu nam|lam sau bay tam chin muoi".split())
    for word in words.split("|")
}
_ONES = "mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin"
_N = rf"(?:[0-9]{{1,2}}|(?:hai |ba )?muoi(?: (?:{_ONES}))?|{_ONES})"
_WEEK = r"tuan (?P<week>nay|sau nua|sau|toi|truoc|roi)"
_NEARNESS = r"(?P<near>nay|tuan nay|tuan sau|tuan toi|sau|toi)"
_WEEKDAY = re.compile(
    r"\b(?:thu (?P<weekday>[2-7]|hai|ba|tu|nam|sau|bay)|t(?P<short>[2-7])|(?P<sunday>chu nhat|cn))"
    rf"(?: {_NEARNESS})?(?: (?P<day>[0-9]{{1,2}})(?! ?(?:h|g|gio)\b|[/.-]))?\b"
)
_DAY_MONTH = re.compile(r"\b(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})(?:[/.-](?P<year>(?:20)?[0-9]{2}))?\b")
_DAY = re.compile(
    rf"\b(?!ngay mot\b(?! thang))(?:ngay|mung|mong|hom) (?P<day>{_N})(?: (?:thang|thg) (?P<month>{_N}|gieng|chap))?"
    rf"(?: (?:nam )?(?P<year>20[0-9]{{2}}))?(?P<lunar> am(?: lich)?)?(?P<which> thang (?:nay|sau|toi))?\b"
)
_BARE_LUNAR = re.compile(rf"\b(?P<day>{_N}) (?:thang (?P<month>{_N}|gieng|chap) )?am(?: lich)?\b")
_FULL_MOON = re.compile(rf"\bram(?: thang (?P<month>{_N}|gieng|chap))?(?P<which> thang (?:nay|sau|toi))?\b")
_MONTH = re.compile(
    rf"(?<!mot )(?<!moi )(?<!1 )\bthang (?P<month>{_N}|gieng|chap)(?:[/ ](?:nam )?(?P<year>20[0-9]{{2}}))?\b"
    r"(?! (?:ngay|lan|buoi|hom|ky|phien))"
)
_NEAR_DAYS = (
    (re.compile(r"\b(?:hom kia|hom truoc)\b"), -2),
    (re.compile(r"\bhom qua\b"), -1),
    (re.compile(r"\b(?:ngay kia|ngay mot|bua kia|bua mot|(?:sang|chieu|trua) (?:kia|mot)|mot kia)\b"), 2),
    (re.compile(r"\b(?:ngay mai|bua mai|hom mai|mai)\b"), 1),
    (re.compile(r"\b(?:hom nay|bua nay|ngay nay|(?:sang|trua|chieu|toi) nay|hom ni|bua ni)\b"), 0),
)
_NOT_TOMORROW = re.compile(r"\b(?:mai (?:mot|nay|mai)|ngay mai sau)\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """From ``first`` to ``last``, both included; ``other`` is the weekday that was said where it is another day."""

    first: date
    last: date
    other: date | None = None

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last


def asked_dates(folded: str, today: date, to_solar: ToSolar, to_lunar: ToLunar) -> Asked | None:
    """What days the words name; None where they name none. ``folded``: lower case, no diacritics."""
    text = " ".join(re.sub(r"[^\w/.-]+", " ", folded).split())
    weekday = _WEEKDAY.search(text)
    day = _dated(text, today, to_solar, to_lunar)
    if day is None and weekday and weekday["day"]:
        day = _solar_day(int(weekday["day"]), None, None, today)
    if day is not None:
        return _agreed(day, weekday, today)
    if weekday is not None:
        return _one(_weekday(weekday, text, today))
    return _near(text, today) or _span(text, today)


def _agreed(day: date, weekday: "re.Match[str] | None", today: date) -> Asked:
    said = _number_of(weekday) if weekday else None
    if said is None or day.weekday() == said:
        return _one(day)
    just_past = [today - timedelta(n) for n in range(1, JUST_PAST + 1)]
    meant = next((past for past in just_past if (past.day, past.weekday()) == (day.day, said)), None)
    if meant:
        return _one(meant)
    away = min(range(-3, 4), key=lambda n: (day + timedelta(n)).weekday() != said)
    return Asked(day, day, day + timedelta(away))


def _dated(text: str, today: date, to_solar: ToSolar, to_lunar: ToLunar) -> date | None:
    if moon := _FULL_MOON.search(text):
        return _lunar_day(15, moon["month"], moon["which"], today, to_solar, to_lunar)
    if found := _DAY_MONTH.search(text):
        return _solar_day(int(found["day"]), int(found["month"]), _year(found["year"]), today)
    if found := _DAY.search(text):
        if found["lunar"]:
            return _lunar_day(_number(found["day"]), found["month"], found["which"], today, to_solar, to_lunar)
        year = int(found["year"]) if found["year"] else None
        return _solar_day(_number(found["day"]), _month(found["month"], found["which"], today), year, today)
    if found := _BARE_LUNAR.search(text):
        return _lunar_day(_number(found["day"]), found["month"], None, today, to_solar, to_lunar)
    return None


def _solar_day(day: int, month: int | None, year: int | None, today: date) -> date | None:
    """The day meant; where month or year is left out the next such day, today included."""
    for ahead in range(13):
        in_year, in_month = divmod(today.month - 1 + ahead, 12)
        candidate = _date(year or today.year + in_year, month or in_month + 1, day)
        if candidate and (candidate >= today or (year and month)):
            return candidate
    return None


def _lunar_day(
    day: int, month: str | None, which: str | None, today: date, to_solar: ToSolar, to_lunar: ToLunar
) -> date | None:
    """The next such day of the lunar calendar, today included."""
    _, this_month, this_year = to_lunar(today)
    ahead = 1 if which and not which.endswith("nay") else 0
    for n in range(ahead, 14):
        year, number = divmod(this_month - 1 + n, 12)
        if month and number + 1 != _number(month):
            continue
        candidate = to_solar(day, number + 1, this_year + year)
        if candidate and candidate >= today:
            return candidate
    return None


def _weekday(found: "re.Match[str]", text: str, today: date) -> date:
    """“thứ 6” is the next one, today included; “thứ 6 tuần sau” lies in the next week."""
    wanted = _number_of(found)
    week = re.search(_WEEK, text)
    near = found["near"] or ""
    if week or near.startswith("tuan"):
        return _week_start(week["week"] if week else near.removeprefix("tuan "), today) + timedelta(wanted)
    return today + timedelta((wanted - today.weekday()) % 7)


def _near(text: str, today: date) -> Asked | None:
    if _NOT_TOMORROW.search(text):
        return None
    return next((_one(today + timedelta(away)) for pattern, away in _NEAR_DAYS if pattern.search(text)), None)


def _span(text: str, today: date) -> Asked | None:
    """A week, a weekend or a month."""
    if week := re.search(_WEEK, text):
        start = _week_start(week["week"], today)
        if "cuoi tuan" in text:
            return Asked(start + timedelta(5), start + timedelta(6))
        return Asked(start, start + timedelta(6))
    if "cuoi tuan" in text:
        start = _week_start("nay", today)
        return Asked(start + timedelta(5), start + timedelta(6))
    if which := re.search(r"\bthang (nay|sau|toi|truoc)\b", text):
        return _whole_month(today, {"nay": 0, "truoc": -1}.get(which[1], 1))
    if found := _MONTH.search(text):
        ahead = (_number(found["month"]) - today.month) % 12
        if found["year"]:
            ahead = (int(found["year"]) - today.year) * 12 + _number(found["month"]) - today.month
        return _whole_month(today, ahead)
    return None


def _whole_month(today: date, ahead: int) -> Asked:
    year, month = divmod(today.month - 1 + ahead, 12)
    first = date(today.year + year, month + 1, 1)
    return Asked(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))


def _week_start(which: str, today: date) -> date:
    ahead = {"nay": 0, "truoc": -1, "roi": -1, "sau nua": 2}.get(which, 1)
    return today - timedelta(today.weekday()) + timedelta(weeks=ahead)


def _number_of(found: "re.Match[str]") -> int:
    """0 = Monday."""
    return SUNDAY if found["sunday"] else _number(found["weekday"] or found["short"]) - 2


def _month(said: str | None, which: str | None, today: date) -> int | None:
    if said:
        return _number(said)
    if which:
        return today.month if which.endswith("nay") else today.month % 12 + 1
    return None


def _number(said: str) -> int:
    """“20”, “hai muoi”, “muoi lam”, “gieng”, “chap” → a number."""
    if said.isdigit():
        return int(said)
    if said in ("gieng", "chap"):
        return {"gieng": 1, "chap": 12}[said]
    tens, _, ones = said.partition("muoi")
    if "muoi" not in said:
        return _NUMBERS[said]
    return 10 * (_NUMBERS[tens.strip()] if tens.strip() else 1) + (_NUMBERS[ones.strip()] if ones.strip() else 0)


def _year(said: str | None) -> int | None:
    return None if said is None else int(said) if len(said) == 4 else 2000 + int(said)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one(day: date) -> Asked:
    return Asked(day, day)
