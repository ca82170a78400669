"""What a resident reads about a place: what the bot can do for somebody there, or which province it belongs to."""

from collections.abc import Sequence
from typing import Any

from bot.places.directory import Elsewhere
from bot.places.service import Place

MANY = 4
"""Provinces named before “and others”."""
CHOICES = 5
WHICH = "Có nhiều nơi trùng tên. Bác chọn đúng nơi giúp tôi."
HERE = "Tôi ghi nhớ bác đang nói về {place}. Bác cần gì ở đó?"


def told_here(place: Place) -> dict[str, Any]:
    """What there is about a place of this province, as a reply; a unit that is gone is told under today's name."""
    here = {"village": place.village.slug} if place.village else {"commune": place.commune.slug}
    asks = {"place": place.commune.label, "meeting_kind": "reception"}
    buttons = [
        {"label": f"Lịch tiếp dân {place.commune.label}", "intent": "ask_reception", "entities": asks},
        {"label": "Hương ước, quy ước", "intent": "ask_convention", "entities": here | {"about": ""}},
        {"label": "Phản ánh một việc", "intent": "send_feedback"},
        {"label": "Gặp cán bộ", "intent": "talk_to_human"},
    ]
    text = "\n".join(filter(None, (place.change, HERE.format(place=place.label))))
    return {"kind": "clarify", "text": text, "buttons": buttons}


def told_choice(places: Sequence[Place]) -> dict[str, Any]:
    """Which of several places of one name is meant, as a reply."""
    buttons = [
        {"label": place.choice, "intent": "name_place", "entities": {"place": place.label}}
        for place in places[:CHOICES]
    ]
    return {"kind": "clarify", "text": WHICH, "buttons": buttons}


def told_elsewhere(units: Sequence[Elsewhere], served: str) -> str:
    """Which province the named commune belongs to; ``ValueError`` for none."""
    if not units:
        raise ValueError("no units to tell about")
    provinces = list(dict.fromkeys(unit.province for unit in units))
    name = _capital(units[0].formerly.label if units[0].formerly else units[0].commune)
    if len(provinces) > 1:
        more = " và nơi khác" if len(provinces) > MANY else ""
        where = f"{name} có ở nhiều tỉnh, thành phố ({', '.join(provinces[:MANY])}{more})"
        return f"{where}, nhưng không thuộc {served}, nơi kênh này phục vụ."
    return f"{_unit(units, name)}. Kênh này chỉ phục vụ {served}; bác hỏi giúp tôi ở kênh của {provinces[0]}."


def _unit(units: Sequence[Elsewhere], name: str) -> str:
    first, communes = units[0], list(dict.fromkeys(unit.commune for unit in units))
    if first.formerly is None or not all(unit.formerly for unit in units):
        return f"{_capital(first.commune)} thuộc {first.province}"
    district = f", {first.formerly.district}" if first.formerly.district and len(units) == 1 else ""
    return f"{name}{district} nay thuộc {' hoặc '.join(communes)}, {first.province}"


def _capital(label: str) -> str:
    return label[0].upper() + label[1:]
