"""``bot kb gaps`` as it is typed."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cli import main
from bot.conversations.models import Gap
from bot.db import unit_of_work
from bot.gaps.commands import Wanted, group_command, list_command
from bot.gaps.service import GapRefused
from tests.conversations.town import MORNING, say, talk

__all__ = ["talk"]

WORDS = "thuyền độc mộc có phải đăng ký không"


async def test_listed_shown_drafted_and_dropped(
    town: AsyncEngine, talk: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = await say(town, talk, WORDS)
    async with unit_of_work(town) as session:
        gap = Gap(message_id=message, conversation_id=talk, text=WORDS, kind="none_chosen", topic="land", at=MORNING)
        session.add(gap)
    await list_command(town)
    line = next(line for line in capsys.readouterr().out.splitlines() if WORDS in line)
    assert line.startswith(f"{gap.id:>6}  1 câu  “{WORDS}”  [land; hỏi lại, không chọn câu nào 1; gần nhất: ")
    await group_command(town, number=gap.id, wanted=Wanted(draft=tmp_path / "draft.yml"))
    assert WORDS in (tmp_path / "draft.yml").read_text("utf-8")
    await group_command(town, number=gap.id, wanted=Wanted())
    await group_command(town, number=gap.id, wanted=Wanted(dismiss=True))
    assert "Đã bỏ nhóm" in capsys.readouterr().out
    with pytest.raises(GapRefused):
        await group_command(town, number=gap.id, wanted=Wanted())
    async with unit_of_work(town) as session:
        assert await session.scalar(select(Gap).where(Gap.id == gap.id)) is None


def test_a_deed_without_a_group_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "gaps", "--dismiss"]) == 2
    assert "--group" in capsys.readouterr().err
