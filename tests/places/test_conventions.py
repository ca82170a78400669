"""Conventions of the sample villages: the right section, or an honest word."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.places import sample
from bot.places.models import Village
from bot.seeding import PLACES
from knowledge_base.conventions import answer, load_conventions, read, section_for


@pytest.fixture
async def loaded(session: AsyncSession) -> int:
    """The sample province with its conventions; how many."""
    await sample.load(session, sample.read(PLACES))
    return await load_conventions(session)


def test_no_fine_in_money_and_recognised_under_the_present_decree() -> None:
    for _, row in read():
        assert row["recognised_on"] is None or str(row["recognised_on"]) >= "2023-08-16"
        for part in row["sections"]:
            assert not re.search(r"phạt tiền|nộp phạt|phạt \d|đồng/", part["text"]), part


async def test_loading_again_adds_nothing(session: AsyncSession, loaded: int) -> None:
    assert loaded >= 5
    assert await load_conventions(session) == 0


@pytest.mark.parametrize(
    ("village", "question", "heading"),
    [
        ("nam-lua-hon", "đám ma trong bản mình làm thế nào", "Việc tang"),
        ("nam-lua-hon", "trau bo tha rong pha lua thi sao", "Chăn thả gia súc"),
        ("nam-lua-hon", "vi phạm thì bị phạt bao nhiêu tiền", "Giữ quy ước"),
        ("nam-lua-hon", "cuối năm bản có họp không", None),  # “cuối” is not “cưới”
        ("nam-lua-hon", "quy ước bản Hon nói gì", None),
        ("nam-lua-pa-hoc", "thách cưới có được không", None),  # it has no such section: no other one instead
        ("hoa-ngan-to-2", "hat karaoke khuya", "An ninh trật tự, yên tĩnh"),
        ("lung-khao-thon-1", "vứt rác ra suối", None),  # no convention held
    ],
)
async def test_the_section_a_question_is_about(
    session: AsyncSession, loaded: int, village: str, question: str, heading: str | None
) -> None:
    found = await section_for(session, village, question)
    assert (found.section.heading if found else None) == heading


@pytest.mark.parametrize(
    ("village", "question", "begins"),
    [
        (
            "nam-lua-hon",
            "đám ma",
            "(dữ liệu mẫu) Quy ước bản Hon, phiên bản 2 (dân thông qua ngày 16/11/2025, "
            "UBND xã Nậm Lúa công nhận ngày 27/11/2025), mục “Việc tang”: ",
        ),
        # version 2 is a draft nobody recognised
        ("phieng-dao-na-tong", "rác", "(dữ liệu mẫu) Quy ước thôn Nà Tồng, phiên bản 1 "),
        ("nam-lua-hon", "nói gì", "(dữ liệu mẫu) Quy ước bản Hon, phiên bản 2 "),
        ("lung-khao-thon-1", "rác", "(dữ liệu mẫu) Tôi chưa có văn bản quy ước của thôn 1. Bác hỏi trưởng thôn "),
    ],
)
async def test_what_is_told(session: AsyncSession, loaded: int, village: str, question: str, begins: str) -> None:
    named = (await session.scalars(select(Village).where(Village.slug == village))).one()
    assert (await answer(session, named, question)).startswith(begins)
