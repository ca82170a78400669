"""What became of every message, read from the database and from what the residents' chats show."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any
from uuid import UUID

from benchmarks.chaos.kept import Row, Sending
from benchmarks.chaos.residents import View
from benchmarks.chaos.talks import Talk
from benchmarks.chat import Sent

LONGEST_P99_MS = 1_000.0


@dataclass(frozen=True)
class Heard:
    """One conversation as its resident sees it at the end: what was meant, what was sent, what the chat shows."""

    talk: Talk
    channel: str
    sent: Sequence[Sent]
    view: View


@dataclass
class Verdict:
    """The counts of a run; ``found`` says in words what is behind each count that is not 0."""

    messages: int = 0
    kills: int = 0
    lost: int = 0
    answered_twice: int = 0
    cases_twice: int = 0
    out_of_order: int = 0
    webhook_p99_ms: float = 0.0
    webhook_calls: int = 0
    webhook_late: int = 0
    webhook_refused: int = 0
    webhook_statuses: dict[int, int] = field(default_factory=dict)
    uncertain: int = 0
    killed: dict[str, int] = field(default_factory=dict)
    still_seconds: dict[str, int] = field(default_factory=dict)
    slowest_return_s: float = 0.0
    by_channel: dict[str, int] = field(default_factory=dict)
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
        in_time = self.webhook_p99_ms < LONGEST_P99_MS
        return in_time and not any((*broken, self.cases_missing, self.cases_garbled, self.not_received))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def miss(self, count: int, why: str) -> None:
        """So many were lost."""
        self.lost += count
        if count:
            self.found.append(f"lost {count}: {why}")


def judge(
    heard: Sequence[Heard], rows: Sequence[Row], sendings: Sequence[Sending], cases: Sequence[tuple[UUID, str]]
) -> Verdict:
    """Compare what residents sent with what was kept and shown."""
    verdict = Verdict(cases=len(cases), cases_expected=sum(one.talk.description is not None for one in heard))
    by_key = {(row.channel, row.key): row for row in rows if row.key and row.sender == "resident"}
    talks, sent, told = _by_conversation(rows), _by_conversation(sendings), defaultdict(list)
    for conversation, words in cases:
        told[conversation].append(words)
    for one in heard:
        received = [message for message in one.sent if message.received]
        verdict.messages += len(received)
        verdict.by_channel[one.channel] = verdict.by_channel.get(one.channel, 0) + len(received)
        verdict.not_received += len(one.sent) - len(received)
        verdict.sent_again += sum(message.tries - 1 for message in one.sent)
        kept = [by_key[one.channel, message.id] for message in received if (one.channel, message.id) in by_key]
        verdict.miss(len(received) - len(kept), f"{one.channel}: received but not in the database")
        if kept:
            _judge_talk(verdict, one, kept, talks[kept[0].conversation], sent[kept[0].conversation])
            _judge_case(verdict, one.talk, talks[kept[0].conversation], told[kept[0].conversation])
    return verdict


def _by_conversation[R: (Row, Sending)](rows: Iterable[R]) -> Mapping[UUID, list[R]]:
    found: dict[UUID, list[R]] = defaultdict(list)
    for row in rows:
        found[row.conversation].append(row)
    return found


def _judge_talk(
    verdict: Verdict, one: Heard, kept: Sequence[Row], talk: Sequence[Row], sent: Sequence[Sending]
) -> None:
    _judge_answers(verdict, kept, talk)
    _judge_order(verdict, one.talk, kept, talk)
    if one.view.shown is not None:
        _judge_page(verdict, one.view.shown, talk)
    else:
        _judge_chat(verdict, one.channel, one.view.platform_ids or (), sent)


def _judge_answers(verdict: Verdict, kept: Iterable[Row], talk: Sequence[Row]) -> None:
    """Each message has the replies of exactly one answering: they share its moment, and none is said again."""
    handed_over = False
    for message in sorted(kept, key=lambda row: row.id):
        replies = [row for row in talk if row.in_reply_to == message.id]
        if message.state == "done" and not replies and handed_over:
            verdict.to_official += 1
        elif message.state != "done" or not replies:
            verdict.miss(1, f"message {message.id} is {message.state} with {len(replies)} replies")
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


def _judge_page(verdict: Verdict, page: Sequence[dict[str, Any]], talk: Iterable[Row]) -> None:
    """The resident's page shows each row once and in order."""
    shown, kept = [int(item["id"]) for item in page], [row.id for row in talk]
    verdict.miss(len(set(kept) - set(shown)), f"kept {kept}, shown {shown}")
    if len(set(shown)) < len(shown):
        verdict.answered_twice += 1
        verdict.found.append(f"shown twice: {shown}")
    if shown != sorted(shown):
        verdict.out_of_order += 1
        verdict.found.append(f"shown out of order: {shown}")


def _judge_chat(verdict: Verdict, channel: str, shown: Sequence[str], sent: Sequence[Sending]) -> None:
    """Every reply stands in the chat once and in order; one marked uncertain stands there once or not at all."""
    of_reply = {row.platform_id: row.message_id for row in sent if row.platform_id}
    unsure = [row for row in sent if row.piece == "uncertain" and row.platform_id is None]
    verdict.uncertain += len({row.message_id for row in sent if row.state == "uncertain"})
    for row in sent:
        if row.state not in ("sent", "uncertain"):
            verdict.miss(1, f"{channel}: reply {row.message_id} is {row.state}")
    verdict.miss(len(set(of_reply) - set(shown)), f"{channel}: sent {list(of_reply)}, shown {list(shown)}")
    unknown = [number for number in shown if number not in of_reply]
    if len(unknown) > len(unsure):
        verdict.answered_twice += len(unknown) - len(unsure)
        verdict.found.append(f"{channel}: shown {list(shown)}, of which {unknown} unknown, {len(unsure)} uncertain")
    wrong = _inversions(of_reply[number] for number in shown if number in of_reply)
    verdict.out_of_order += wrong
    if wrong:
        verdict.found.append(f"{channel}: replies shown {[of_reply.get(number) for number in shown]}")


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


def _seconds(message: Row, reply: Row) -> float:
    return round((reply.at - message.at).total_seconds(), 1)
