"""What was reported before of the same thing: to follow instead of reporting again, to count, to merge."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from math import log
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.field_guess import EXAMPLES
from bot.cases.fields import FIELDS
from bot.cases.models import Case
from bot.cases.queries import in_scope
from bot.cases.service import Report
from bot.cases.similarity import ALIKE, Described, likeness, telling
from bot.cases.states import OPEN, STATES
from bot.conversations.residents import own_conversations
from bot.language import fold, normalised, terms
from bot.officials.models import Official

LOOKED_BACK = timedelta(days=180)
MOST_COMPARED = 300
SHOWN = 3
FEWEST_TOLD = 3
"""Fewer than that are not told: they might tell who."""


@dataclass(frozen=True)
class Offer:
    """A public case as another resident may see it: none of its sender's words."""

    code: str
    title: str
    place: str
    state: str
    sent_at: datetime


@dataclass(frozen=True)
class Alike:
    """What is like a report: public cases to follow, the resident's own, how many in all (0 where too few to tell)."""

    offers: list[Offer]
    own: list[Case]
    count: int


async def alike(session: AsyncSession, conversation_id: UUID, report: Report, at: datetime) -> Alike:
    """What a resident is shown before sending; a report without a known commune is like nothing."""
    ranked = await _ranked(session, _described(report), report.commune_id, at)
    mine = set(await session.scalars(own_conversations(conversation_id)))
    others = [case for case in ranked if case.conversation_id not in mine]
    public = [case for case in others if case.visibility == "public" and case.state in OPEN]
    own = [case for case in ranked if case.conversation_id in mine and case.state in OPEN]
    offers = [_offer(case, report.description) for case in public[:SHOWN]]
    return Alike(offers, own, len(others) if len(others) >= FEWEST_TOLD else 0)


async def alike_on_desk(session: AsyncSession, official: Official, case: Case, at: datetime) -> list[Case]:
    """Cases of the official's scope that may be about the same, the likest first; for merging, whatever their level."""
    ranked = await _ranked(session, _described(case), case.commune_id, at)
    visible = select(Case.id).where(in_scope(official), Case.id.in_([other.id for other in ranked]))
    seen = set(await session.scalars(visible)) - {case.id}
    return [other for other in ranked if other.id in seen]


async def _ranked(session: AsyncSession, report: Described, commune_id: int | None, at: datetime) -> list[Case]:
    """The commune's newest reports that are like this one, the likest first."""
    if commune_id is None or not report.terms:
        return []
    query = select(Case).where(
        Case.commune_id == commune_id, Case.created_at > at - LOOKED_BACK, Case.state != "withdrawn"
    )
    found = await session.scalars(query.order_by(Case.created_at.desc()).limit(MOST_COMPARED))
    scored = [(likeness(report, _described(case), _rarity()), case) for case in found]
    return [case for score, case in sorted(scored, key=lambda pair: -pair[0]) if score >= ALIKE]


def _described(case: Case | Report) -> Described:
    return Described(_terms(case.description), case.field, case.village_id)


def _terms(words: str) -> frozenset[str]:
    return telling(terms(normalised(words)))


def _offer(case: Case, words: str) -> Offer:
    """Named by an official's title, else by its field and those of its words that the asker used, too."""
    title = case.title or f"{FIELDS.get(case.field, FIELDS['other'])}{_shared(case, words)}"
    return Offer(case.code, title, case.place, STATES[case.state].resident, case.created_at)


def _shared(case: Case, words: str) -> str:
    """What the asker said that the case says, too, in the asker's spelling: “sạt lở khúc cua, xe”."""
    common = _terms(case.description)
    said = re.findall(r"\w+", words.lower())
    heard = [fold(word) for word in said]
    pairs = {n for n, pair in enumerate(pairwise(heard)) if "_".join(pair) in common}
    kept = [word if heard[n] in common or {n, n - 1} & pairs else "," for n, word in enumerate(said)]
    runs = (" ".join(part.split()) for part in " ".join(kept).split(","))
    told = ", ".join(dict.fromkeys(run for run in runs if run))
    return f" (cùng nói đến: {told})" if told else ""


@lru_cache
def _rarity() -> Callable[[str], float]:
    """How rare a term is among examples of reports; a term of none of them is the rarest."""
    reports = [line.partition(":")[2] for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    held = Counter(term for report in reports for term in set(terms(normalised(report))))
    return lambda term: log((len(reports) + 1) / (held[term] + 1))
