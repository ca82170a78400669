"""Alembic's entry: one connection, handed over by ``bot.db.schema``; it knows the tables whose models are imported."""

from alembic import context

from bot.db.base import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
