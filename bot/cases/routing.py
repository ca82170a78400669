"""Which office, and which person in it, a new case goes to."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.officials.models import Office
from bot.officials.queries import office_for


async def office_and_person(session: AsyncSession, commune_id: int | None, field: str) -> tuple[Office, int | None]:
    """The office in charge and the official's id, if one is named for the field; ``NoOffice`` before set-up."""
    return await office_for(session, commune_id), None
