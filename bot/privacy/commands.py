"""``bot retention [--dry-run]``: what is older than the province keeps it."""

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import now
from bot.db import unit_of_work
from bot.privacy import retention
from bot.privacy.retention import Due
from bot.settings import Settings


async def retention_command(engine: AsyncEngine, given: Settings, *, dry_run: bool) -> None:
    """Take away what is old, or with ``dry_run`` only say how much it is."""
    async with unit_of_work(engine) as session:
        work = retention.due if dry_run else retention.apply
        found = await work(session, given, now())
    print("Sẽ xóa (chạy thử, chưa xóa gì):" if dry_run else "Đã xóa:")
    for one in found:
        print(f"  {one.rows:>8}  {one.rule.table.__tablename__:<14} {one.rule.what} ({_limit(one)})")


def _limit(one: Due) -> str:
    rule = one.rule
    if rule.after is None:
        return f"{rule.setting}=0: giữ đến khi có người xóa"
    kept = f"{rule.after.days} ngày" if rule.after.days else f"{rule.after.total_seconds() / 3600:g} giờ"
    return f"{rule.setting}: quá {kept}" if rule.setting else "hết hạn"
