"""The same thing reported twice: how well it is recognised, and what each person may see of the other reports."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.cases.service import Report
from bot.cases.similar import _rarity, _terms, alike, alike_on_desk
from bot.cases.similarity import ALIKE, Described, likeness
from bot.language import fold
from bot.places.service import communes
from tests.cases.people import coordinator, opened, somebody, staff_of
from tests.conversations.town import MORNING

PAIRS = Path(__file__).with_name("similar_pairs.txt")
SLIDE = "Sạt lở ở khúc cua đường vào bản, xe không qua được"


def pairs() -> Iterator[tuple[bool, Described, Described]]:
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            one, other = line.split(" || ")
            verdict, _, one = one.partition(" | ")
            yield verdict == "same", described(one), described(other)


def described(written: str) -> Described:
    village, field, text = written.split(" | ")
    return Described(_terms(text), field, None if village == "-" else int(village))


def test_most_pairs_are_told_apart() -> None:
    """On 24 pairs about one thing and 24 that share words: 91 % of those found are right, 83 % are found."""
    verdicts = [(same, likeness(one, other, _rarity()) >= ALIKE) for same, one, other in pairs()]
    found = [same for same, alike in verdicts if alike]
    assert len(verdicts) == 48
    assert sum(found) / len(found) >= 0.85
    assert sum(found) / sum(same for same, _ in verdicts) >= 0.8


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_does_not_depend_on_who_comes_first(one: str, other: str) -> None:
    first, second = Described(_terms(one), "roads", 1), Described(_terms(other), "roads", 1)
    assert likeness(first, second, _rarity()) == pytest.approx(likeness(second, first, _rarity()))


@given(st.sampled_from([text.split(" | ")[3].split(" || ")[0] for text in PAIRS.read_text("utf-8").splitlines()[1:]]))
def test_the_same_words_without_accents_are_the_same(words: str) -> None:
    one, other = Described(_terms(words), "roads", None), Described(_terms(fold(words)), "roads", None)
    assert not one.terms or likeness(one, other, _rarity()) >= ALIKE


async def report(session: AsyncSession, words: str = SLIDE) -> Report:
    return Report("bản Hon", (await communes(session))[0].id, None, "roads", words, "officials")


async def reported(
    session: AsyncSession, visibility: str, words: str = "Sạt lở khúc cua, xe máy không qua được"
) -> Case:
    return await opened(session, visibility=visibility, description=words)


async def test_only_public_cases_are_offered_and_none_of_their_senders_words(visit: AsyncSession) -> None:
    words = "Sạt lở khúc cua đường vào bản cạnh nhà ông Páo, xe không qua được"
    public, hidden = await reported(visit, "public", words), await reported(visit, "officials")
    found = await alike(visit, (await somebody(visit)).conversation_id, await report(visit), MORNING)
    mine = [offer for offer in found.offers if offer.code == public.code]
    assert len(mine) == 1
    assert "khúc cua" in mine[0].title  # said by the asker, too
    assert "Páo" not in str(mine)
    assert hidden.code not in str(found.offers)


async def test_an_officials_title_names_a_public_case(visit: AsyncSession) -> None:
    public = await reported(visit, "public")
    public.title = "Sạt lở đường vào bản Hon"
    found = await alike(visit, (await somebody(visit)).conversation_id, await report(visit), MORNING)
    assert [offer.title for offer in found.offers if offer.code == public.code] == ["Sạt lở đường vào bản Hon"]


async def test_of_others_only_their_number_and_only_from_three_on(visit: AsyncSession) -> None:
    words = "Chuồng trâu sát giếng nước ăn của xóm Đông Phong bốc mùi"
    asker = (await somebody(visit)).conversation_id
    counts = []
    for _ in range(4):
        found = await alike(visit, asker, await report(visit, words), MORNING)
        counts.append(found.count)
        await reported(visit, "nobody", words)
    assert counts == [0, 0, 0, 3]
    assert found.offers == []


async def test_ones_own_open_report_is_recognised_and_not_counted(visit: AsyncSession) -> None:
    words = "Cáp viễn thông đứt vắt ngang cổng trạm y tế"
    mine = await opened(visit, description=words)
    found = await alike(visit, mine.conversation_id, await report(visit, words), MORNING)
    assert ([case.id for case in found.own], found.count, found.offers) == ([mine.id], 0, [])


async def test_old_reports_and_those_of_nowhere_are_not_alike(visit: AsyncSession) -> None:
    words = "Giếng khoan của điểm trường Sin Chải nhiễm phèn"
    await reported(visit, "public", words)
    asker = (await somebody(visit)).conversation_id
    assert (await alike(visit, asker, await report(visit, words), MORNING + timedelta(days=181))).offers == []
    nowhere = Report("đâu đó", None, None, "roads", words, "public")
    assert (await alike(visit, asker, nowhere, MORNING)).offers == []


async def test_an_official_sees_all_in_scope_whatever_their_level(visit: AsyncSession) -> None:
    words = "Máng nước vào ruộng Tả Phìn vỡ hai đoạn"
    cases = [await reported(visit, level, words) for level in ("nobody", "officials", "public")]
    elsewhere = await staff_of(visit, (await opened(visit, commune=1)).office_id)
    for official, seen in (
        (await staff_of(visit, cases[0].office_id), 2),
        (await coordinator(visit), 2),
        (elsewhere, 0),
    ):
        found = await alike_on_desk(visit, official, cases[0], MORNING)
        assert len({case.id for case in found} & {case.id for case in cases[1:]}) == seen
