"""What a resident reads about places that are not ours."""

from collections.abc import Sequence

from bot.places.directory import Elsewhere

MANY = 4
"""Provinces named before “and others”."""


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
