"""What the command line does with cases: ``bot case verify CODE``."""

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cases import chain, codes
from bot.cases.queries import by_code
from bot.cases.service import history, line_of
from bot.db import unit_of_work


async def verify_command(engine: AsyncEngine, typed: str) -> None:
    """Say whether the case's history is whole, with the fingerprint that its receipt carries."""
    code = codes.read(typed)
    async with unit_of_work(engine) as session:
        found = await by_code(session, code) if code else None
        if found is None:
            print(f"Không có vụ việc nào mang mã {typed}")
            return
        entries = await history(session, found[0])
    broken = chain.broken_at((line_of(entry), entry.chain) for entry in entries)
    print(f"Dấu vết lúc nhận: {chain.fingerprint(entries[0].chain)}")
    changed = next((e.number for e in entries if e.salt and chain.digest(e.note, e.salt) != e.digest), None)
    if broken or changed:
        print(f"LỊCH SỬ ĐÃ BỊ SỬA từ dòng {broken or changed}")
    else:
        print(f"Lịch sử {len(entries)} dòng còn nguyên")
