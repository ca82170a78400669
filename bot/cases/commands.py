"""What the command line does with cases: ``bot case verify CODE``, ``bot case fields``."""

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cases import chain, codes
from bot.cases.history import history, prove
from bot.cases.models import CaseEntry
from bot.cases.queries import by_code
from bot.cases.routing.queries import taught
from bot.clock import local
from bot.db import unit_of_work


async def verify_command(engine: AsyncEngine, typed: str, shown: str | None = None) -> int:
    """Say whether the case's history is whole, what of it was erased, and where the fingerprint ``shown`` comes from.

    0 when all of it holds, 1 when something does not.
    """
    code = codes.read(typed)
    async with unit_of_work(engine) as session:
        found = await by_code(session, code) if code else None
        if found is None:
            print(f"Không có vụ việc nào mang mã {typed}")
            return 1
        entries = await history(session, found[0])
    whole = _say_whether_whole(entries)
    return 0 if _say_where(entries, shown) and whole else 1


def _say_whether_whole(entries: list[CaseEntry]) -> bool:
    proof = prove(entries)
    print(f"Dấu vết lúc nhận: {chain.fingerprint(entries[0].chain)}")
    if proof.broken_at:
        print(f"LỊCH SỬ ĐÃ BỊ SỬA từ dòng {proof.broken_at}")
        return False
    print(f"Lịch sử {proof.lines} dòng còn nguyên")
    if proof.erased:
        print(f"Lời đã xóa theo yêu cầu ở dòng: {', '.join(map(str, proof.erased))}")
    return True


def _say_where(entries: list[CaseEntry], shown: str | None) -> bool:
    if shown is None:
        return True
    entry = next((e for e in entries if chain.same_fingerprint(shown, e.chain)), None)
    if entry is None:
        print(f"DẤU VẾT {shown} KHÔNG KHỚP với dòng nào của lịch sử này")
        return False
    print(f"Dấu vết {shown} khớp với dòng {entry.number}, ghi lúc {local(entry.at):%H:%M ngày %d/%m/%Y}")
    return True


async def fields_command(engine: AsyncEngine) -> int:
    """Print what officials corrected, masked, one ``field: text`` a line as in ``field_examples.txt``."""
    async with unit_of_work(engine) as session:
        for field, text in await taught(session):
            print(f"{field}: {' '.join(text.split())}")
    return 0
