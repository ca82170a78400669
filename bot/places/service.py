"""Recognising the place a resident names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.language import fold
from bot.places.models import Commune, Province, Village

_SHORT = {"tổ dân phố": ("tdp", "to", "to so", "to dan pho so"), "thôn": ("ban",), "bản": ("thon",)}
"""Other ways of saying what kind of village it is."""


@dataclass(frozen=True)
class Place:
    """A recognised place: a commune, and the village where one was named."""

    commune: Commune
    village: Village | None

    @property
    def label(self) -> str:
        """“bản Pá Hốc, xã Nậm Lúa”."""
        return f"{self.village.label}, {self.commune.label}" if self.village else self.commune.label


async def communes(session: AsyncSession) -> Sequence[Commune]:
    """Every commune of the province, by name."""
    return (await session.scalars(select(Commune).order_by(Commune.folded))).all()


async def places_named(session: AsyncSession, said: str) -> list[Place]:
    """Every place the words name, villages before bare communes: none, one, or several to ask about."""
    folded = _meant(f" {' '.join(re.findall(r'\w+', fold(said)))} ")
    known = {commune.id: commune for commune in await communes(session)}
    named = [commune for commune in known.values() if _names(folded, commune)]
    villages = [v for v in await session.scalars(select(Village).order_by(Village.folded)) if _names(folded, v)]
    inside = [v for v in villages if not named or v.commune_id in {c.id for c in named}]
    if inside:
        return [Place(known[v.commune_id], v) for v in _longest(inside)]
    return [Place(commune, None) for commune in _longest(named)]


def _meant(folded: str) -> str:
    """Without the place that was taken back: “không phải xã A mà xã B”, “xã A, à nhầm, xã B”."""
    after_slip = re.split(r" (?:a|oi|ay)? ?nham ", folded)[-1]
    return re.sub(r" khong phai .*? (?:ma|chu) ", " ", f" {after_slip.strip()} ")


def _names(folded: str, unit: Commune | Village) -> bool:
    kinds = (fold(unit.kind), *_SHORT.get(unit.kind, ()))
    return any(f" {kind} {unit.folded} " in folded for kind in kinds) or (
        f" {unit.folded} " in folded and " " in unit.folded
    )


def _longest(units: Sequence[Any]) -> list[Any]:
    """Where one name contains another (“Pá Hốc Trên”, “Pá Hốc”), only the longer was meant."""
    return [
        unit
        for unit in units
        if not any(unit.folded != o.folded and f" {unit.folded} " in f" {o.folded} " for o in units)
    ]


async def province(session: AsyncSession) -> Province | None:
    """The province this copy serves."""
    return await session.scalar(select(Province))
