# ruff: noqa: F401
"""Alembic's entry: one connection, handed over by ``bot.db.schema``; every subject's tables, for autogenerate."""

from alembic import context

import bot.cases.models
import bot.conversations.models
import bot.db.web_store
import bot.officials.models
import bot.places.models
import bot.receptions.models
import knowledge_base.models
from bot.db.base import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
