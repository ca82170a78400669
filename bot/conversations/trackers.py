"""Rasa's own rows about an errand: where they stood before a message, and deleting what came after.

Rasa keeps one row per happening in table ``events`` of its own database and reads them anew for every message,
so deleting rows here is all it takes to make a second try start where the first one did.
"""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine


class Trackers:
    """Access to Rasa's database; one per worker process."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def mark(self, errand: UUID) -> int:
        """The id of the errand's last row, 0 when there is none (or Rasa never started)."""
        try:
            async with self._engine.connect() as connection:
                query = text("select coalesce(max(id), 0) from events where sender_id = :errand")
                return int((await connection.scalar(query, {"errand": str(errand)})) or 0)
        except ProgrammingError:
            return 0

    async def rewind(self, errand: UUID, mark: int) -> None:
        """Delete the errand's rows newer than the mark."""
        statement = text("delete from events where sender_id = :errand and id > :mark")
        async with self._engine.begin() as connection:
            await connection.execute(statement, {"errand": str(errand), "mark": mark})

    async def forget(self, errand: UUID) -> None:
        """Delete every row of the errand."""
        await self.rewind(errand, -1)
