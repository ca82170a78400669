"""Alembic's entry: one connection, handed over by ``bot.db.schema``."""

from alembic import context

from bot.db.base import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
