"""What waits to be looked at, in groups, each with the answer that comes nearest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.gaps import kept
from bot.conversations.models import Gap
from bot.gaps.grouping import grouped
from knowledge_base.models import Way
from knowledge_base.ranking import Hit
from knowledge_base.search import search


@dataclass(frozen=True)
class Group:
    """Questions alike, the one most others are like first; ``nearest`` is the answer that fits that one best."""

    gaps: Sequence[Gap]
    nearest: Hit | None

    @property
    def number(self) -> int:
        """Id of the oldest question in it: stays the same while others come."""
        return min(gap.id for gap in self.gaps)

    @property
    def example(self) -> str:
        """The question asked most often in the same words, else the one most others are like."""
        [(text, times)] = Counter(gap.text for gap in self.gaps).most_common(1)
        return text if times > 1 else self.gaps[0].text

    @property
    def topic(self) -> str | None:
        """What most of them were taken for, else the topic of the nearest answer."""
        known = Counter(gap.topic for gap in self.gaps if gap.topic)
        guess = self.nearest.topic if self.nearest else None
        return known.most_common(1)[0][0] if known else guess

    @property
    def kinds(self) -> Counter[str]:
        return Counter(gap.kind for gap in self.gaps)


async def groups(session: AsyncSession, on: date) -> list[Group]:
    """All groups, the largest first."""
    gaps = await kept(session)
    if not gaps:
        return []
    ways = list(await session.scalars(select(Way.text).where(Way.approved).order_by(Way.id)))
    found = []
    for places in grouped([gap.text for gap in gaps], ways):
        hits = await search(session, gaps[places[0]].text, None, 1, on)
        found.append(Group([gaps[place] for place in places], hits[0] if hits else None))
    return found


async def group_of(session: AsyncSession, number: int, on: date) -> Group | None:
    """The group that holds the question of that number."""
    holding = (group for group in await groups(session, on) if any(gap.id == number for gap in group.gaps))
    return next(holding, None)
