"""Questions that failed come in groups; a group becomes ways of asking, a draft that the check refuses, or nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Gap
from bot.gaps.grouping import grouped
from bot.gaps.queries import Group, group_of, groups
from bot.gaps.service import GapRefused, dismiss, to_answer, write_draft
from knowledge_base.check import check
from knowledge_base.loader import load
from knowledge_base.models import Way
from knowledge_base.search import search
from tests.conversations.town import MORNING, said

TODAY = date(2026, 11, 20)
RITUAL = ("cúng rừng đầu năm xã có hỗ trợ tiền không", "xã hỗ trợ tiền cúng rừng không", "cúng rừng xã cho tiền không")
BUFFALO = ("trâu chết rét được đền bao nhiêu", "trâu chết rét đền bao nhiêu")
ANSWER = "disclosure-rights"


@pytest.fixture
async def failed(visit: AsyncSession) -> None:
    """Five questions of five residents."""
    for words in (BUFFALO[0], *RITUAL, BUFFALO[1]):
        message = await said(visit, words)
        visit.add(
            Gap(
                message_id=message.id,
                conversation_id=message.conversation_id,
                text=words,
                kind="not_understood",
                topic=None,
                at=MORNING,
            )
        )
    await visit.flush()


async def largest(session: AsyncSession) -> Group:
    return next(group for group in await groups(session, TODAY) if group.example in RITUAL)


@pytest.mark.parametrize(
    ("questions", "groups"),
    [
        ([BUFFALO[0], *RITUAL, BUFFALO[1]], [{1, 2, 3}, {0, 4}]),  # two subjects, the larger first
        (["sổ đỏ mất thì sao", "so do mat thi sao"], [{0, 1}]),  # marks or none
        (["xã họp ko", "xã họp không ạ"], [{0, 1}]),  # shorthand and politeness
        (["làm sổ đỏ", "bầu trưởng bản", "vay vốn"], [{0}, {1}, {2}]),  # nothing in common
        ([], []),
    ],
)
def test_questions_alike_come_together(questions: list[str], groups: list[set[int]]) -> None:
    others = ["xã có họp dân không", "được bao nhiêu tiền", "có được không", "đầu năm họp bản"]
    assert [set(group) for group in grouped(questions, others)] == groups


async def test_the_largest_group_comes_first_with_the_nearest_answer(visit: AsyncSession, failed: None) -> None:
    found = [group for group in await groups(visit, TODAY) if group.example in (*RITUAL, *BUFFALO)]
    assert [len(group.gaps) for group in found] == [3, 2]
    assert found[0].nearest
    assert found[0].topic == found[0].nearest.topic
    assert await group_of(visit, found[0].number, TODAY) == found[0]
    assert await group_of(visit, 10**9, TODAY) is None


async def test_pending_ways_wait_and_are_not_searched(visit: AsyncSession, failed: None) -> None:
    await to_answer(visit, await largest(visit), ANSWER, approved=False)
    rows = await visit.execute(select(Way.approved, Way.shipped).where(Way.text.in_(RITUAL)))
    assert {tuple(row) for row in rows} == {(False, False)}
    assert (await search(visit, RITUAL[0], None, 1, TODAY))[0].answer_id != ANSWER
    assert await largest(visit)


async def test_approved_ways_are_found_and_the_group_is_done_with(visit: AsyncSession, failed: None) -> None:
    group = await largest(visit)
    for approved in (False, True):  # looked at first, approved later
        assert sorted(await to_answer(visit, group, ANSWER, approved=approved)) == sorted(RITUAL)
    assert (await search(visit, RITUAL[0], None, 1, TODAY))[0].answer_id == ANSWER
    assert await visit.scalar(select(func.count()).where(Gap.text.in_(RITUAL))) == 0


async def test_an_unknown_answer_is_refused(visit: AsyncSession, failed: None) -> None:
    with pytest.raises(GapRefused, match="no-such"):
        await to_answer(visit, await largest(visit), "no-such", approved=True)


async def test_dismissed_it_is_gone(visit: AsyncSession, failed: None) -> None:
    await dismiss(visit, await largest(visit))
    assert {gap.text for group in await groups(visit, TODAY) for gap in group.gaps}.isdisjoint(RITUAL)


async def test_a_draft_is_refused_by_the_check_until_it_has_facts(
    visit: AsyncSession, failed: None, tmp_path: Path
) -> None:
    path = tmp_path / "answers" / "draft.yml"
    path.parent.mkdir()
    write_draft(await largest(visit), path)
    [row] = yaml.safe_load(path.read_text("utf-8"))
    assert sorted(row["ways"]) == sorted(RITUAL)
    content = replace(load(), answers=load(tmp_path).answers)
    wrong = {finding.what for finding in check(content, TODAY) if finding.where == row["id"]}
    assert {"rests on no fact", "no text"} <= wrong
    with pytest.raises(GapRefused, match="đã có"):
        write_draft(await largest(visit), path)
