"""The tally in words: tables that each add up to the total, and the list behind each number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.cases.fields import FIELDS
from bot.cases.states import OUTCOMES, STATES
from bot.tallies.queries import Counted, Counts, Key
from bot.tallies.selection import UNKNOWN, Selection

NO_COMMUNE = "(chưa rõ xã)"
NO_OUTCOME = "(chưa có kết quả)"
KINDS = {"question": "Câu hỏi", "recommendation": "Phản ánh, kiến nghị"}
GUIDANCE_KINDS = {"complaint": "khiếu nại", "denunciation": "tố cáo"}
_KNOWN: Mapping[str, Iterable[str]] = {"field": FIELDS, "state": STATES, "outcome": OUTCOMES}
TITLES = {
    "field": "Theo lĩnh vực",
    "commune": "Theo xã, phường",
    "state": "Theo tình trạng",
    "outcome": "Theo kết quả",
    "month": "Theo tháng gửi",
}


@dataclass(frozen=True)
class Line:
    """One number of a table, and the selection that lists its cases."""

    label: str
    count: int
    behind: Selection


@dataclass(frozen=True)
class Table:
    """One table; its numbers add up to the total of the tally."""

    name: str
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Row:
    """One case of a list in words; ``number`` only counts the list's lines, it is not the case's."""

    number: int
    received: date
    commune: str
    field: str
    kind: str
    state: str
    outcome: str


@dataclass(frozen=True)
class Given:
    """How often guidance on complaints or denunciations was given in a month."""

    kind: str
    month: str
    count: int


def tables(counts: Counts, selection: Selection, communes: Mapping[int, str]) -> list[Table]:
    """The five tables. Known fields, states and outcomes are shown with 0 too, unless one of them was chosen."""
    return [Table(name, title, _lines(name, counts, selection, communes)) for name, title in TITLES.items()]


def rows(listed: Iterable[Counted], communes: Mapping[int, str], first: int = 1) -> list[Row]:
    """The list in words, numbered from ``first``."""
    return [
        Row(
            number,
            case.received,
            _label("commune", case.commune_id, communes),
            _label("field", case.field, communes),
            KINDS.get(case.kind, case.kind),
            _label("state", case.state, communes),
            _label("outcome", case.outcome, communes),
        )
        for number, case in enumerate(listed, start=first)
    ]


def given(counted: Sequence[tuple[str, str, int]]) -> list[Given]:
    """The table of guidance in words."""
    return [Given(GUIDANCE_KINDS.get(kind, kind), month_in_words(month), count) for kind, month, count in counted]


def period(selection: Selection) -> str:
    """“từ 01/11/2026 đến hết 30/11/2026”."""
    since, until = selection.since, selection.until
    if since and until:
        return f"từ {since:%d/%m/%Y} đến hết {until:%d/%m/%Y}"
    if since:
        return f"từ {since:%d/%m/%Y} đến nay"
    return f"đến hết {until:%d/%m/%Y}" if until else "từ trước đến nay"


def in_words(selection: Selection, communes: Mapping[int, str]) -> str:
    """What is counted: “đất đai; xã …; từ 01/11/2026 đến hết 30/11/2026”."""
    commune = None if selection.commune == UNKNOWN else selection.commune
    outcome = None if selection.outcome == UNKNOWN else selection.outcome
    parts = [
        _label("field", selection.field, communes) if selection.field else "",
        _label("commune", commune, communes) if selection.commune else "",
        _label("state", selection.state, communes) if selection.state else "",
        _label("outcome", outcome, communes) if selection.outcome else "",
        period(selection),
    ]
    return "; ".join(part for part in parts if part)


def month_in_words(month: str) -> str:
    """“tháng 11/2026” for “2026-11”."""
    return f"tháng {month[5:]}/{month[:4]}"


def _lines(name: str, counts: Counts, selection: Selection, communes: Mapping[int, str]) -> list[Line]:
    counted = counts[name]
    return [
        Line(_label(name, key, communes), counted[key], _behind(name, key, selection))
        for key in _keys(name, counts, selection, communes)
    ]


def _keys(name: str, counts: Counts, selection: Selection, communes: Mapping[int, str]) -> list[Key]:
    """The table's lines in order: the known ones first, then months in order, then whatever else there is."""
    counted = counts[name]
    known: list[Key] = [*_KNOWN.get(name, ())]
    if name == "commune":
        known = [key for key in communes if key in counted]
    elif known and selection.chosen()[name]:
        known = [key for key in known if key in counted]
    return [*known, *sorted((key for key in counted if key not in known), key=lambda key: (key is None, str(key)))]


def _behind(name: str, key: Key, selection: Selection) -> Selection:
    if name == "month":
        return selection.in_month(str(key))
    value: Any = UNKNOWN if key is None else key
    return replace(selection, **{name: value})


def _label(name: str, key: Key, communes: Mapping[int, str]) -> str:
    match name:
        case "commune":
            return NO_COMMUNE if key is None else communes.get(int(key), f"(xã số {key})")
        case "outcome":
            return NO_OUTCOME if key is None else OUTCOMES.get(str(key), str(key))
        case "state":
            return STATES[str(key)].official if key in STATES else str(key)
        case "month":
            return month_in_words(str(key))
    return FIELDS.get(str(key), str(key))
