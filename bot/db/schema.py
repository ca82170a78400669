"""Bringing a database to the current schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from bot.db.engine import sqlalchemy_url

MIGRATIONS = Path(__file__).parent / "migrations"


def configuration() -> Config:
    """Alembic's configuration, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def migrate(url: str) -> None:
    """Bring the database at the libpq URL to the newest revision; raises what the database raises."""
    engine = create_engine(sqlalchemy_url(url))
    config = configuration()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
