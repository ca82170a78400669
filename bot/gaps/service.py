"""What is made of a group: ways of asking of an answer, the draft of a new one, or nothing."""

from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import gaps
from bot.conversations.masking import without_masks
from bot.gaps.queries import Group
from bot.language import syllables
from knowledge_base.models import AnswerRow
from knowledge_base.service import add_way

TO_BE_FILLED = (
    "# Bản nháp từ các câu trợ lý chưa đáp được. Điền facts (mã sự kiện pháp lý), text, sửa title và ways,\n"
    "# rồi chép vào knowledge_base/content/answers/. “bot kb check” từ chối khi facts hay text còn trống.\n"
)
SLUG_WORDS = 5


class GapRefused(ValueError):
    """Nothing can be made of the group like that; the message says why, in Vietnamese."""


async def to_answer(session: AsyncSession, group: Group, answer_id: str, *, approved: bool) -> list[str]:
    """Make the group's questions ways of asking for that answer; those added. Approved, the group is done with.

    Pending ones are neither searched nor trained on, and the group stays listed. ``GapRefused`` for no such answer.
    """
    if await session.get(AnswerRow, answer_id) is None:
        raise GapRefused(f"Không có câu trả lời “{answer_id}”")
    ways = ways_of(group)
    for way in ways:
        await add_way(session, answer_id, way, approved=approved)
    if approved:
        await gaps.dismiss(session, [gap.id for gap in group.gaps])
    return ways


async def dismiss(session: AsyncSession, group: Group) -> None:
    """Nothing is to be made of it."""
    await gaps.dismiss(session, [gap.id for gap in group.gaps])


def ways_of(group: Group) -> list[str]:
    """The questions without masks, each once."""
    texts = (without_masks(gap.text) for gap in group.gaps)
    return list(dict.fromkeys(text for text in texts if syllables(text)))


def draft(group: Group) -> dict[str, Any]:
    """An answer as the content files hold it, without facts and text: the check refuses it until both are there."""
    topic, title = group.topic or "", without_masks(group.example)
    return {
        "id": "-".join([topic or "topic", *syllables(title)[:SLUG_WORDS]]),
        "topic": topic,
        "title": title[:1].upper() + title[1:],
        "text": "",
        "facts": [],
        "ways": ways_of(group),
        "changed": False,
        "scope": "all",
    }


def write_draft(group: Group, path: Path) -> None:
    """Write the draft into a new file; ``GapRefused`` where there is one already."""
    text = yaml.safe_dump([draft(group)], allow_unicode=True, sort_keys=False, width=120)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(TO_BE_FILLED + text)
    except FileExistsError as there:
        raise GapRefused(f"Tệp {path} đã có; hãy chọn tên khác") from there
    except OSError as problem:
        raise GapRefused(f"Không ghi được tệp {path}") from problem
