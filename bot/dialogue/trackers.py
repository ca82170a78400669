"""The tracker store: Rasa's SQL store on PostgreSQL, with connections that survive a restart of the server."""

from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore, create_engine_kwargs


class GatewayTrackerStore(SQLTrackerStore):
    """Takes a whole URL (``postgresql+psycopg2://…``) as ``url`` in endpoints.yml."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        url = self.engine.url
        self.engine.dispose()
        self.engine = sa.create_engine(url, pool_pre_ping=True, **create_engine_kwargs(url))
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)

    def answers(self) -> bool:
        """Whether the database answers a query now."""
        try:
            with self.engine.connect() as connection:
                connection.execute(sa.text("select 1"))
            return True
        except sa.exc.SQLAlchemyError:
            return False
