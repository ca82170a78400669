"""Conventions of the sample villages: the right section, the right village asked for, or an honest word."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.language import fold
from bot.places import sample
from bot.places.models import Commune, Village
from bot.seeding import PLACES
from knowledge_base.conventions.asking import asks_law, names_convention, own_village
from knowledge_base.conventions.kinds import kinds_in
from knowledge_base.conventions.queries import in_force, sections
from knowledge_base.conventions.shipped import load_conventions, read
from knowledge_base.conventions.telling import Question, Told, tell
from knowledge_base.models import Convention

TODAY = date(2026, 11, 20)
HON = (
    "(dữ liệu mẫu) Quy ước bản Hon, phiên bản 2 "
    "(dân thông qua ngày 16/11/2025, UBND xã Nậm Lúa công nhận ngày 27/11/2025)"
)


@pytest.fixture
async def loaded(session: AsyncSession) -> int:
    """The sample province with its conventions; how many."""
    await sample.load(session, sample.read(PLACES))
    return await load_conventions(session)


def test_no_fine_in_money_and_recognised_under_the_present_decree() -> None:
    for _, row in read():
        assert row["recognised_on"] is None or str(row["recognised_on"]) >= "2023-08-16"
        for part in row["sections"]:
            assert not re.search(r"phạt tiền|nộp phạt|phạt \d|đồng/|\d+ ?(?:k|nghìn|triệu)", part["text"]), part


def test_eight_villages_have_one_and_some_have_none() -> None:
    held = {row["village"] for _, row in read() if row["recognised_on"]}
    villages = {village["slug"] for commune in sample.read(PLACES)["communes"] for village in commune["villages"]}
    assert len(held) >= 8
    assert len(villages - held) >= 5


async def test_loading_again_adds_nothing(session: AsyncSession, loaded: int) -> None:
    assert loaded >= 8
    assert await load_conventions(session) == 0


@pytest.mark.parametrize("stripped", [False, True])
@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("quy ước bản Hon về đám ma thế nào", f"{HON}, mục “Việc tang”"),
        ("quy ước bản Hon có phạt thả rông trâu không", f"{HON}, mục “Chăn thả gia súc”"),
        ("ở bản Hon hương ước nói gì về chuyện rác", f"{HON}, mục “Vệ sinh môi trường”"),
        ("quy ước bản Hon vi phạm thì bị phạt gì", f"{HON}, mục “Giữ quy ước”"),
        ("quy ước bản Hon gồm những gì", f"{HON} gồm 9 mục"),
        ("lệ bản Hon thách cưới được không", f"{HON}, mục “Việc cưới”"),
        # which version, recognised when: the text's own opening tells it
        ("quy ước bản Hon công nhận ngày nào", f"{HON} gồm"),
        # it has no such section: no other one instead, and said so
        (
            "quy ước bản Pá Hốc có cho thách cưới không",
            "(dữ liệu mẫu) Quy ước bản Pá Hốc, phiên bản 1 (dân thông qua ngày 17/11/2024, "
            "UBND xã Nậm Lúa công nhận ngày 28/11/2024): tôi không thấy mục nào nói về việc bác hỏi",
        ),
        ("quy ước bản Hon có cấm bắn chim không", f"{HON}: tôi không thấy mục nào"),
        # version 2 is a draft nobody recognised
        ("quy ước thôn Nà Tồng nói gì về rác", "(dữ liệu mẫu) Quy ước thôn Nà Tồng, phiên bản 1 "),
        # never that the village has none
        (
            "quy ước thôn 1 xã Lũng Khảo có cấm vứt rác không",
            "(dữ liệu mẫu) Tôi chưa có văn bản quy ước của thôn 1. Bác hỏi trưởng thôn ",
        ),
        ("quy ước tổ 2 phường Hoa Ngàn về karaoke", "(dữ liệu mẫu) Quy ước tổ dân phố 2, phiên bản 1 "),
    ],
)
async def test_what_is_told(session: AsyncSession, loaded: int, words: str, begins: str, stripped: bool) -> None:
    said = await _told(session, fold(words) if stripped else words)
    assert said.text.startswith(begins)


async def test_a_section_without_a_fine_says_so(session: AsyncSession, loaded: int) -> None:
    said = await _told(session, "quy ước bản Hon có phạt thả rông trâu không")
    assert said.text.endswith("Mục này không ghi mức phạt nào.")
    assert "không ghi mức phạt" not in (await _told(session, "quy ước bản Hon về thả rông trâu")).text


async def test_sections_are_buttons_and_each_gives_its_section(session: AsyncSession, loaded: int) -> None:
    said = await _told(session, "quy ước bản Hon gồm những gì")
    held = await in_force(session, "nam-lua-hon", TODAY)
    assert held
    parts = await sections(session, held)
    assert [choice.label for choice in said.choices] == [part.heading for part in parts]
    for choice, part in zip(said.choices, parts, strict=True):
        section = await _told(session, choice.label, chosen=choice.chosen)
        assert part.text.split(".")[0] in section.text
        assert section.section == part.id


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        # two villages of that name
        ("quy ước bản Nà Sáng có phạt thả rông không", {"bản Nà Sáng, xã Nậm Lúa", "bản Nà Sáng, xã Pá Mùa"}),
        # the commune is named, the village is not
        ("quy ước bản tôi ở xã Phiêng Đào phạt gì", {"thôn Nà Tồng", "thôn Khuổi Lạn"}),
        # nothing is named
        ("quy ước bản tôi có phạt thả rông trâu không", {"xã Nậm Lúa", "xã Pá Mùa", "phường Hoa Ngàn"}),
    ],
)
async def test_an_unclear_village_is_asked_for(
    session: AsyncSession, loaded: int, words: str, labels: set[str]
) -> None:
    said = await _told(session, words)
    assert said.asks
    assert said.awaited is not None
    assert labels <= {choice.label for choice in said.choices}


async def test_what_was_asked_is_kept_until_the_village_is_named(session: AsyncSession, loaded: int) -> None:
    first = await _told(session, "quy ước bản tôi có phạt thả rông trâu không")
    commune = next(choice for choice in first.choices if choice.label == "xã Nậm Lúa")
    second = await _told(session, commune.label, chosen=commune.chosen)
    village = next(choice for choice in second.choices if choice.label == "bản Hon")
    assert (await _told(session, village.label, chosen=village.chosen)).text.startswith(
        f"{HON}, mục “Chăn thả gia súc”"
    )
    named = await _told(session, "bản Hon xã Nậm Lúa", topic=None, awaited=first.awaited)
    assert named.text.startswith(f"{HON}, mục “Chăn thả gia súc”")


async def test_the_village_of_the_talk_and_of_the_report(session: AsyncSession, loaded: int) -> None:
    hon = (await session.scalars(select(Village).where(Village.slug == "nam-lua-hon"))).one()
    commune = await session.get_one(Commune, hon.commune_id)
    spoken: list[dict[str, Any]] = [{"spoken_of": hon.slug}, {"report_village": hon.id}]
    for known in spoken:
        assert (await _told(session, "quy ước bản tôi về đám ma", **known)).text.startswith(HON)
    assert (await _told(session, "thế còn đám cưới thì sao", topic=None, spoken_of=hon.slug)).text.startswith(HON)
    assert await tell(session, Question("thế còn đám cưới thì sao"), TODAY) is None
    in_commune = await _told(session, "quy ước bản tôi về đám ma", commune=commune.id)
    assert "bản Hon" in {choice.label for choice in in_commune.choices}


async def test_a_version_counts_from_the_day_it_is_recognised(session: AsyncSession, loaded: int) -> None:
    for on, version in ((date(2025, 11, 26), 1), (date(2025, 11, 27), 2)):
        held = await in_force(session, "nam-lua-hon", on)
        assert held
        assert held.version == version
    draft = Convention(
        village_slug="nam-lua-hon", version=3, recognised_on=date(2026, 1, 1), state="draft", sample=True
    )
    session.add(draft)
    await session.flush()
    held = await in_force(session, "nam-lua-hon", TODAY)
    assert held
    assert held.version == 2


@pytest.mark.parametrize("stripped", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        "hương ước có được phạt tiền không",
        "hương ước bản tôi phải bao nhiêu hộ đồng ý",
        "quy ước bản Hon phạt 500 nghìn có đúng không",
        "muốn sửa quy ước bản tôi thì làm thế nào",
        "quy ước bản mình trái pháp luật thì sao",
        "thôn phạt 5 triệu vì nuôi chó thả rông theo quy ước, có đúng không",
        "hương ước là gì",
        "dự thảo hương ước bản Hon phải dán bao nhiêu ngày",
        "ai công nhận hương ước, huyện hay xã",
        "hương ước bản tôi có hiệu lực từ ngày nào",
    ],
)
async def test_questions_of_law_are_left_to_the_law(
    session: AsyncSession, loaded: int, words: str, stripped: bool
) -> None:
    assert await tell(session, Question(fold(words) if stripped else words, "convention"), TODAY) is None


@pytest.mark.parametrize(
    ("words", "named", "own", "law"),
    [
        ("quy ước bản tôi", True, True, False),
        ("lệ làng mình phạt gì", True, True, False),
        ("le ban minh cam gi", True, True, False),
        ("trưởng bản họp ngày nào", False, False, False),
        ("bản tôi mất nước", False, True, False),
        ("hương ước trái luật thì sao", True, False, True),
    ],
)
def test_what_a_question_is_about(words: str, named: bool, own: bool, law: bool) -> None:
    assert (names_convention(words), own_village(words), asks_law(words)) == (named, own, law)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("trau bo tha rong pha lua thi sao", {"grazing"}),
        ("phạt thả rông", {"grazing"}),  # what a fine is for, not that there is one
        ("vi phạm thì bị phạt bao nhiêu tiền", {"keeping"}),
        ("cuối năm bản có họp không", set()),  # “cuối” is not “cưới”
        ("hat karaoke khuya", {"security"}),
    ],
)
def test_the_kind_a_question_speaks_of(words: str, kinds: set[str]) -> None:
    assert kinds_in(words) == kinds


async def _told(session: AsyncSession, words: str, topic: str | None = "convention", **known: Any) -> Told:
    said = await tell(session, Question(words, topic, **known), TODAY)
    assert said
    return said
