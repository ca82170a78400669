"""What became of every message, read from the database and from what the residents' pages show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import namedtuple_row

from benchmarks.chaos.talks import Talk
from benchmarks.chat import Sent


@dataclass(frozen=True)
class Heard:
    """One conversation as its resident sees it at the end: what was meant, what was sent, what the API shows."""

    talk: Talk
    sent: Sequence[Sent]
    shown: Sequence[dict[str, Any]]


@dataclass
class Verdict:
    """The counts of a run; ``found`` says in words what is behind each count that is not 0."""

    messages: int = 0
    kills: int = 0
    lost: int = 0
    answered_twice: int = 0
    cases_twice: int = 0
    out_of_order: int = 0
    killed: dict[str, int] = field(default_factory=dict)
    slowest_return_s: float = 0.0
    cases_expected: int = 0
    cases: int = 0
    cases_missing: int = 0
    cases_garbled: int = 0
    not_received: int = 0
    told_failure: int = 0
    to_official: int = 0
    sent_again: int = 0
    longest_wait_s: float = 0.0
    found: list[str] = field(default_factory=list)

    @property
    def proves_something(self) -> bool:
        """Most residents were answered by the bot and most reports became cases, though all the time something died."""
        return (
            min(self.killed.values(), default=0) >= 2
            and 2 * self.cases > self.cases_expected
            and 2 * self.to_official < self.messages
        )

    @property
    def is_clean(self) -> bool:
        broken = (self.lost, self.answered_twice, self.cases_twice, self.out_of_order)
        return not any((*broken, self.cases_missing, self.cases_garbled, self.not_received))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Row:
    """A message of the table ``messages``."""

    id: int
    conversation: UUID
    sender: str
    kind: str | None
    text: str | None
    client_id: str | None
    in_reply_to: int | None
    state: str
    at: datetime


class Kept:
    """What the database keeps."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url

    def unanswered(self) -> int:
        """How many messages still wait."""
        with psycopg.connect(self._url) as connection:
            row = connection.execute("select count(*) from messages where state = 'queued'").fetchone()
            return int(row[0]) if row else 0

    def answered(self) -> int:
        """How many messages of residents are done."""
        with psycopg.connect(self._url) as connection:
            row = connection.execute(
                "select count(*) from messages where sender = 'resident' and state = 'done'"
            ).fetchone()
            return int(row[0]) if row else 0

    def messages(self) -> list[Row]:
        """All of them, in the order in which they came to be."""
        query = (
            "select id, conversation_id as conversation, sender, kind, text, client_id, in_reply_to, state, at "
            "from messages order by id"
        )
        with psycopg.connect(self._url, row_factory=namedtuple_row) as connection:
            return [Row(**row._asdict()) for row in connection.execute(query)]

    def cases(self) -> list[tuple[UUID, str]]:
        """Conversation and description of each case."""
        with psycopg.connect(self._url) as connection:
            return list(connection.execute("select conversation_id, description from cases"))


def judge(
    heard: Sequence[Heard],
    rows: Sequence[Row],
    cases: Sequence[tuple[UUID, str]],
    killed: Mapping[str, int],
    slowest_return_s: float,
) -> Verdict:
    """Compare what residents sent with what was kept and shown."""
    verdict = Verdict(kills=sum(killed.values()), killed=dict(killed), slowest_return_s=slowest_return_s)
    verdict.cases, verdict.cases_expected = len(cases), sum(one.talk.description is not None for one in heard)
    by_client = {row.client_id: row for row in rows if row.client_id}
    for one in heard:
        received = [message for message in one.sent if message.received]
        verdict.messages += len(received)
        verdict.not_received += len(one.sent) - len(received)
        verdict.sent_again += sum(message.tries - 1 for message in one.sent)
        kept = [by_client[message.id] for message in received if message.id in by_client]
        _miss(verdict, len(received) - len(kept), "received but not in the database")
        talk = [row for row in rows if kept and row.conversation == kept[0].conversation]
        _judge_answers(verdict, kept, talk)
        _judge_order(verdict, one.talk, kept, talk)
        _judge_view(verdict, one, talk)
        _judge_case(
            verdict, one.talk, talk, [words for place, words in cases if kept and place == kept[0].conversation]
        )
    return verdict


def _judge_answers(verdict: Verdict, kept: Iterable[Row], talk: Sequence[Row]) -> None:
    """Each message has the replies of exactly one answering: they share its moment, and none is said again."""
    handed_over = False
    for message in sorted(kept, key=lambda row: row.id):
        replies = [row for row in talk if row.in_reply_to == message.id]
        if message.state == "done" and not replies and handed_over:
            verdict.to_official += 1
        elif message.state != "done" or not replies:
            _miss(verdict, 1, f"message {message.id} is {message.state} with {len(replies)} replies")
        if len({row.at for row in replies}) > 1 or len({row.text for row in replies}) < len(replies):
            verdict.answered_twice += 1
            verdict.found.append(f"message {message.id}: {[(row.kind, row.at.isoformat()) for row in replies]}")
        if any(row.kind in ("failure", "handover") for row in replies):
            handed_over = True
        verdict.told_failure += any(row.kind == "failure" for row in replies)
        if replies:
            verdict.longest_wait_s = max(verdict.longest_wait_s, _seconds(message, replies[0]))


def _judge_order(verdict: Verdict, meant: Talk, kept: Sequence[Row], talk: Iterable[Row]) -> None:
    """Replies stand in the order of their messages; messages as they were sent, where each waited for the last."""
    replies = [row.in_reply_to for row in talk if row.in_reply_to is not None]
    ids = [message.id for message in kept]
    wrong = _inversions(replies) + (_inversions(ids) if meant.in_turn else 0)
    verdict.out_of_order += wrong
    if wrong:
        verdict.found.append(f"messages {ids}, replies to {replies}")


def _inversions(ids: Iterable[int]) -> int:
    return sum(before > after for before, after in pairwise(ids))


def _judge_view(verdict: Verdict, one: Heard, talk: Sequence[Row]) -> None:
    """The resident's page shows each row once and in order."""
    if not one.sent or not any(message.received for message in one.sent):
        return
    shown, kept = [int(item["id"]) for item in one.shown], [row.id for row in talk]
    _miss(verdict, len(set(kept) - set(shown)), f"kept {kept}, shown {shown}")
    if len(set(shown)) < len(shown):
        verdict.answered_twice += 1
        verdict.found.append(f"shown twice: {shown}")
    if shown != sorted(shown):
        verdict.out_of_order += 1
        verdict.found.append(f"shown out of order: {shown}")


def _judge_case(verdict: Verdict, meant: Talk, talk: Iterable[Row], descriptions: Sequence[str]) -> None:
    """One agreement, one case, in the words that were said once."""
    expected = 1 if meant.description else 0
    verdict.cases_twice += max(0, len(descriptions) - expected)
    given_to_official = any(row.kind in ("failure", "handover") for row in talk)
    if len(descriptions) < expected and not given_to_official:
        verdict.cases_missing += 1
        verdict.found.append(f"no case: {[(row.sender, row.kind, row.text) for row in talk]}")
    garbled = [words for words in descriptions if words != meant.description]
    verdict.cases_garbled += len(garbled)
    verdict.found += [f"case says {words!r}, meant {meant.description!r}" for words in garbled]


def _miss(verdict: Verdict, count: int, why: str) -> None:
    verdict.lost += count
    if count:
        verdict.found.append(f"lost {count}: {why}")


def _seconds(message: Row, reply: Row) -> float:
    return round((reply.at - message.at).total_seconds(), 1)
