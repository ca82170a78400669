"""The chaos run's judge finds what was lost, said twice or out of order, and forgives only what is marked uncertain."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest

from benchmarks.chaos.kept import Row, Sending
from benchmarks.chaos.killing import VICTIMS, Trouble, plan
from benchmarks.chaos.residents import View
from benchmarks.chaos.talks import Talk
from benchmarks.chaos.verdict import Heard, Verdict, judge
from benchmarks.chat import Sent

TALK = UUID(int=1)
AT = datetime(2026, 12, 1, tzinfo=UTC)


def row(number: int, sender: str, key: str | None = None, to: int | None = None) -> Row:
    kind = "answer" if sender == "bot" else None
    return Row(number, TALK, "zalo", sender, kind, f"lời {number}", key, to, "done", AT)


def sending(message_id: int, platform_id: str | None, state: str = "sent", piece: str | None = "sent") -> Sending:
    return Sending(TALK, message_id, state, piece, platform_id)


ROWS = [row(1, "resident", "a"), row(2, "bot", to=1), row(3, "resident", "b"), row(4, "bot", to=3)]
SENT = [sending(2, "x"), sending(4, "y")]


def judged(shown: Sequence[str], sent: Sequence[Sending] = SENT, rows: Sequence[Row] = ROWS) -> Verdict:
    said = [Sent("lời 1", id="a", tries=1, received=True), Sent("lời 3", id="b", tries=1, received=True)]
    return judge([Heard(Talk(("lời 1", "lời 3"), None), "zalo", said, View(platform_ids=shown))], rows, sent, [])


def test_all_well() -> None:
    assert judged(["x", "y"]).is_clean


UNSURE = sending(4, None, "uncertain", "uncertain")


@pytest.mark.parametrize(
    ("verdict", "lost", "twice", "wrong"),
    [
        (judged(["x"]), 1, 0, 0),  # sent, says the outbox, but nowhere to be seen
        (judged(["x"], [sending(2, "x"), sending(4, None, "pending", None)]), 1, 0, 0),  # never sent
        (judged(["x", "y", "z"]), 0, 1, 0),  # the chat shows one that the outbox does not know
        (judged(["y", "x"]), 0, 0, 1),
        (judged(["x", "y"], rows=ROWS[:3]), 1, 0, 0),  # never answered
        (judged(["x", "y"], rows=ROWS[1:]), 1, 0, 0),  # received, but not kept
        (judged(["x", "z"], [sending(2, "x"), UNSURE]), 0, 0, 0),  # uncertain, and there
        (judged(["x"], [sending(2, "x"), UNSURE]), 0, 0, 0),  # uncertain, and not there
        (judged(["x", "z", "z2"], [sending(2, "x"), UNSURE]), 0, 1, 0),  # one uncertain excuses one
    ],
)
def test_what_is_found(verdict: Verdict, lost: int, twice: int, wrong: int) -> None:
    assert (verdict.lost, verdict.answered_twice, verdict.out_of_order) == (lost, twice, wrong), verdict.found


def test_slow_webhooks_are_no_clean_run() -> None:
    verdict = judged(["x", "y"])
    verdict.webhook_p99_ms = 1_000.0
    assert not verdict.is_clean


def test_everybody_is_killed_as_often() -> None:
    troubles = plan(random.Random(1), 3, [Trouble("postgres", 30.0), Trouble("rasa", 180.0)])
    assert all(troubles.count(Trouble(name)) == 3 for name in VICTIMS)
    assert [trouble.name for trouble in troubles if trouble.still_seconds] == ["postgres", "rasa"]
