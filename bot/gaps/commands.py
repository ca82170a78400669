"""``bot kb gaps``: what the bot failed on, in groups, and what is made of a group."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import local, now
from bot.db import unit_of_work
from bot.gaps.queries import Group, group_of, groups
from bot.gaps.service import GapRefused, dismiss, to_answer, write_draft

KINDS = {
    "not_understood": "không hiểu",
    "out_of_scope": "ngoài phạm vi",
    "none_chosen": "hỏi lại, không chọn câu nào",
    "not_helpful": "không giúp được gì",
}
LISTED = 50


@dataclass(frozen=True)
class Wanted:
    """What to do with a group; with none of these it is shown in full."""

    answer_id: str | None = None
    approve: bool = False
    draft: Path | None = None
    dismiss: bool = False


async def list_command(engine: AsyncEngine) -> None:
    """Print the groups, the largest first."""
    async with unit_of_work(engine) as session:
        found = await groups(session, local(now()).date())
    if not found:
        print("Không có câu nào trợ lý chưa đáp được.")
    for group in found[:LISTED]:
        print(_line(group))
    if len(found) > LISTED:
        print(f"… và {len(found) - LISTED} nhóm nhỏ hơn.")


async def group_command(engine: AsyncEngine, *, number: int, wanted: Wanted) -> None:
    """Show one group, or make of it what is wanted; ``GapRefused``."""
    async with unit_of_work(engine) as session:
        group = await group_of(session, number, local(now()).date())
        if group is None:
            raise GapRefused(f"Không có nhóm số {number}; xem danh sách: bot kb gaps")
        if wanted.answer_id:
            ways = await to_answer(session, group, wanted.answer_id, approved=wanted.approve)
            state = "đã duyệt" if wanted.approve else "chờ duyệt (thêm --approve để duyệt)"
            print(f"{len(ways)} cách hỏi của {wanted.answer_id}, {state}:", *ways, sep="\n  ")
            if wanted.approve:
                print("Tìm kiếm dùng ngay; mô hình học thêm ở lần khởi động sau.")
        elif wanted.draft:
            write_draft(group, wanted.draft)
            print(f"Bản nháp: {wanted.draft}. Điền facts và text; bot kb check từ chối khi còn trống.")
        elif wanted.dismiss:
            await dismiss(session, group)
            print(f"Đã bỏ nhóm số {number} ({len(group.gaps)} câu).")
        else:
            print(_line(group), *(gap.text for gap in group.gaps), sep="\n  ")


def _line(group: Group) -> str:
    kinds = ", ".join(f"{KINDS[kind]} {count}" for kind, count in group.kinds.most_common())
    nearest = f"gần nhất: {group.nearest.answer_id}" if group.nearest else "không có câu trả lời nào gần"
    return f"{group.number:>6}  {len(group.gaps)} câu  “{group.example}”  [{group.topic or '?'}; {kinds}; {nearest}]"
