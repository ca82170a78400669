"""Which villages' texts an official looks after."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.officials.models import Official
from bot.officials.permissions import of_whole_province
from bot.places.models import Commune, Village
from bot.places.service import Place
from knowledge_base.models import Convention


async def readable_villages(session: AsyncSession, official: Official) -> list[Place]:
    """The villages with some convention, of the official's commune, or of all communes."""
    joined = select(Commune, Village).join(Village, Village.commune_id == Commune.id)
    joined = joined.where(Village.slug.in_(select(Convention.village_slug))).order_by(Commune.folded, Village.folded)
    if not of_whole_province(official.role):
        joined = joined.where(Commune.id == official.office.commune_id)
    return [Place(commune, village) for commune, village in await session.execute(joined)]
