"""Loading and editing in PostgreSQL: what is shipped comes in, what an official wrote stays, an edit counts at once."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge_base.caution import CAUTION
from knowledge_base.loader import CONTENT
from knowledge_base.models import AnswerFact, AnswerRow, FactRow, KnowledgeVersion, Way
from knowledge_base.queries import (
    answer_view,
    answers_of_topic,
    emergency_numbers,
    shipped_edits,
    taught_ways,
    withheld_answers,
)
from knowledge_base.search import search
from knowledge_base.service import add_way, edit_answer, load_shipped

TODAY = date(2026, 11, 21)
FACTS = """
- {id: DD-01, kind: rule, standing: sure, text: "Niêm yết 30 ngày.", source: "VERIFIED | còn áp dụng",
   citations: [{document: "Luật 31/2024/QH15", article: "87", clause: "1", point: null},
               {document: "Luật 10/2022/QH15", article: "11", clause: null, point: null}]}
- {id: DD-02, kind: rule, standing: conflicting, text: "Họp dân trước.", source: "CONFLICT",
   in_force: {from: 2025-07-01, to: 2027-02-28}, citations: [{document: "Luật 31/2024/QH15", article: "87"}]}
- {id: EM-03, kind: emergency, standing: own, text: "Lũ, sạt lở: gọi 112.", citations: [],
   source: "Quyết định | VERIFIED – theo báo | cần xem lại định kỳ"}
"""
ANSWERS = """
- {id: land-board, topic: land, title: "Dán phương án đền bù bao lâu?", text: "Dán 30 ngày.", facts: [DD-01],
   ways: ["đền bù dán mấy ngày", "phương án niêm yết bao lâu"]}
- {id: land-meeting, topic: land, title: "Có họp dân không?", text: "Có họp.", more: "Họp trước.",
   facts: [DD-02, DD-01], ways: ["thu hồi có họp bản không"]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small content folder that a test may change."""
    for name, content in (("facts", FACTS), ("answers", ANSWERS)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "land.yml").write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
async def nothing_known(session: AsyncSession) -> None:
    """Whatever the database was seeded with is out of sight for the length of the test's transaction."""
    for table in ("shipped_edits", "answer_ways", "answer_facts", "answers", "facts", "knowledge_version"):
        await session.execute(text(f"delete from {table}"))


def change(folder: Path, kind: str, old: str, new: str) -> None:
    path = folder / kind / "land.yml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


async def stamp(session: AsyncSession) -> UUID | None:
    return await session.scalar(select(KnowledgeVersion.stamp))


async def text_of(session: AsyncSession, answer_id: str) -> str | None:
    return await session.scalar(select(AnswerRow.text).where(AnswerRow.id == answer_id))


async def test_all_that_is_shipped_is_loaded(session: AsyncSession) -> None:
    done = await load_shipped(session, CONTENT)
    facts, answers = [await session.scalar(select(func.count()).select_from(table)) for table in (FactRow, AnswerRow)]
    assert facts == 355
    assert done.added == 355 + (answers or 0)


async def test_loading_again_changes_nothing(session: AsyncSession, folder: Path) -> None:
    first, before = await load_shipped(session, folder), await stamp(session)
    again = await load_shipped(session, folder)
    assert (first.added, again.wrote) == (5, False)
    assert await stamp(session) == before


async def test_a_shipped_change_is_taken_over(session: AsyncSession, folder: Path) -> None:
    await load_shipped(session, folder)
    before = await stamp(session)
    change(folder, "answers", "Dán 30 ngày.", "Xã dán 30 ngày.")
    change(folder, "answers", "phương án niêm yết bao lâu", "niêm yết bao lâu")
    done = await load_shipped(session, folder)
    ways = set(await session.scalars(select(Way.text).where(Way.answer_id == "land-board")))
    assert (done.added, done.updated) == (0, 1)
    assert await text_of(session, "land-board") == "Xã dán 30 ngày."
    assert ways == {"đền bù dán mấy ngày", "niêm yết bao lâu"}
    assert await stamp(session) != before


async def test_an_officials_edit_stays_and_the_shipped_change_is_listed_once(
    session: AsyncSession, folder: Path
) -> None:
    await load_shipped(session, folder)
    await edit_answer(session, "land-board", text="Ở xã ta dán 30 ngày.")
    change(folder, "answers", "Dán 30 ngày.", "Niêm yết 30 ngày.")
    first, again = await load_shipped(session, folder), await load_shipped(session, folder)
    waiting = await shipped_edits(session)
    assert await text_of(session, "land-board") == "Ở xã ta dán 30 ngày."
    assert (first.left_for_review, again.left_for_review) == (1, 0)
    assert [(edit.kind, edit.item_id, edit.shipped["text"]) for edit in waiting] == [
        ("answer", "land-board", "Niêm yết 30 ngày.")
    ]


async def test_what_is_no_longer_shipped_goes_unless_an_official_edited_it(session: AsyncSession, folder: Path) -> None:
    await load_shipped(session, folder)
    await edit_answer(session, "land-board", title="Dán bao lâu?")
    (folder / "answers" / "land.yml").write_text("[]", encoding="utf-8")
    done = await load_shipped(session, folder)
    assert (done.removed, done.left_for_review) == (1, 1)
    assert set(await session.scalars(select(AnswerRow.id))) == {"land-board"}
    assert set(await session.scalars(select(AnswerFact.answer_id))) == {"land-board"}


async def test_an_officials_way_outlives_a_load(session: AsyncSession, folder: Path) -> None:
    await load_shipped(session, folder)
    await add_way(session, "land-board", "giấy đền bù để đó mấy hôm", approved=True)
    change(folder, "answers", "Dán 30 ngày.", "Xã dán 30 ngày.")
    await load_shipped(session, folder)
    taught = [{"id": "land-board", "topic": "land", "ways": ["giấy đền bù để đó mấy hôm"]}]
    assert await taught_ways(session) == taught
    await add_way(session, "land-meeting", "họp bản chưa", approved=False)
    assert await taught_ways(session) == taught


@pytest.mark.parametrize(
    ("answer_id", "changes", "error"),
    [
        ("land-nowhere", {"text": "x"}, LookupError),  # no such answer
        ("land-board", {"id": "land-other"}, ValueError),  # ids are for ever
    ],
)
async def test_what_an_official_cannot_edit(
    session: AsyncSession, folder: Path, answer_id: str, changes: dict[str, str], error: type[Exception]
) -> None:
    await load_shipped(session, folder)
    with pytest.raises(error):
        await edit_answer(session, answer_id, **changes)


async def test_the_view_of_an_answer(session: AsyncSession, folder: Path) -> None:
    await load_shipped(session, folder)
    assert await answer_view(session, "land-meeting", TODAY) == {
        "text": f"Có họp.\n\n{CAUTION}",
        "more": "Họp trước.",
        "answer": "land-meeting",
        "facts": ["DD-02", "DD-01"],
        "citations": [
            {"fact": "DD-02", "document": "Luật 31/2024/QH15", "article": "87", "clause": None, "point": None,
             "caution": CAUTION},
            {"fact": "DD-01", "document": "Luật 31/2024/QH15", "article": "87", "clause": "1", "point": None,
             "caution": None},
            {"fact": "DD-01", "document": "Luật 10/2022/QH15", "article": "11", "clause": None, "point": None,
             "caution": None},
        ],
        "topic": "land",
        "title": "Có họp dân không?",
    }  # fmt: skip
    assert await answer_view(session, "land-nowhere", TODAY) is None


async def test_an_answer_is_withheld_when_a_fact_has_expired(session: AsyncSession, folder: Path) -> None:
    await load_shipped(session, folder)
    expired = date(2027, 3, 1)
    assert await answer_view(session, "land-meeting", expired) is None
    assert await withheld_answers(session, expired) == ["land-meeting"]
    assert [a["answer"] for a in await answers_of_topic(session, "land", expired)] == ["land-board"]
    assert [a["answer"] for a in await answers_of_topic(session, "land", TODAY)] == ["land-board", "land-meeting"]
    assert "land-meeting" not in {hit.answer_id for hit in await search(session, "thu hồi có họp", "land", on=expired)}


async def test_an_edit_counts_at_once(session: AsyncSession, folder: Path) -> None:
    await load_shipped(session, folder)
    assert await search(session, "karaoke ồn quá", None, on=TODAY) == []
    await add_way(session, "land-board", "karaoke ồn quá")
    assert await search(session, "karaoke ồn quá", None, on=TODAY) == []  # not approved yet
    await add_way(session, "land-board", "karaoke ồn quá", approved=True)
    hits = await search(session, "karaoke on qua", None, on=TODAY)
    assert [(hit.answer_id, hit.topic, hit.facts) for hit in hits] == [("land-board", "land", ("DD-01",))]


async def test_emergency_numbers_show_source_and_review(session: AsyncSession, folder: Path) -> None:
    await load_shipped(session, folder)
    assert await emergency_numbers(session) == [
        {
            "fact": "EM-03",
            "number": "112",
            "text": "Lũ, sạt lở: gọi 112.",
            "source": "Quyết định",
            "review": "cần xem lại định kỳ",
        }
    ]
