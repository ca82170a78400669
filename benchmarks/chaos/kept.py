"""What the database keeps of a chaos run."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
from psycopg.rows import class_row


@dataclass(frozen=True)
class Row:
    """A message of the table ``messages``; ``key`` is what its sender called it (web: client id, else platform id)."""

    id: int
    conversation: UUID
    channel: str
    sender: str
    kind: str | None
    text: str | None
    key: str | None
    in_reply_to: int | None
    state: str
    at: datetime


@dataclass(frozen=True)
class Sending:
    """One call to a platform as the outbox keeps it: ``state`` of the reply, ``piece`` of the call (None: no call)."""

    conversation: UUID
    message_id: int
    state: str
    piece: str | None
    platform_id: str | None


MESSAGES = """
select m.id, m.conversation_id as conversation, c.channel, m.sender, m.kind, m.text,
       case c.channel when 'web' then m.client_id else m.platform_id end as key, m.in_reply_to, m.state, m.at
from messages m join conversations c on c.id = m.conversation_id order by m.id
"""
SENDINGS = """
select o.conversation_id as conversation, o.message_id, o.state, p.state as piece, p.platform_id
from outbox o left join outbox_pieces p on p.outbox_id = o.id
where o.channel <> 'web' order by o.message_id, p.number
"""
QUEUED = "select count(*) from messages where state = 'queued'"
UNSENT = "select count(*) from outbox where state = 'pending'"
ANSWERED = "select count(*) from messages where sender = 'resident' and state = 'done'"


class Kept:
    """Reads; raises psycopg's errors while the database is away, the counts aside."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._answered = 0

    def under_way(self) -> int:
        """How many messages and replies still wait; 1 while nobody can tell."""
        try:
            return self._count(QUEUED) + self._count(UNSENT)
        except psycopg.OperationalError:
            return 1

    def answered(self) -> int:
        """How many messages of residents are done, as far as known."""
        with suppress(psycopg.OperationalError):
            self._answered = self._count(ANSWERED)
        return self._answered

    def messages(self) -> list[Row]:
        """All of them, in the order in which they came to be."""
        with psycopg.connect(self._url, row_factory=class_row(Row)) as connection:
            return list(connection.execute(MESSAGES))

    def sendings(self) -> list[Sending]:
        """What went to platforms, in the order of the replies."""
        with psycopg.connect(self._url, row_factory=class_row(Sending)) as connection:
            return list(connection.execute(SENDINGS))

    def cases(self) -> list[tuple[UUID, str]]:
        """Conversation and description of each case."""
        with psycopg.connect(self._url) as connection:
            return list(connection.execute("select conversation_id, description from cases"))

    def _count(self, query: str) -> int:
        with psycopg.connect(self._url, connect_timeout=2) as connection:
            row = connection.execute(query).fetchone()  # type: ignore[arg-type]
        return int(row[0]) if row else 0
