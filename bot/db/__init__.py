"""The database: engine, declarative base, one unit of work per request, job or action call."""

from bot.db.base import Base
from bot.db.engine import AGAINST_WRITERS, create_engine, unit_of_work

__all__ = ["AGAINST_WRITERS", "Base", "create_engine", "unit_of_work"]
