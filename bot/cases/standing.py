"""How a case stands, in words for whoever may know it."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.clocks.queries import promise
from bot.cases.history import history
from bot.cases.merging import living
from bot.cases.models import Case
from bot.cases.reasons import LABELS
from bot.cases.rules import Act
from bot.cases.states import OUTCOMES, STATES
from bot.cases.telling import view_of
from bot.cases.wording import followed
from bot.officials.models import Office

BETWEEN_OFFICES = frozenset({Act.TRANSFER, Act.RETURN, Act.ASSIGN_OFFICE})
"""Acts whose words one office writes for another."""


async def standing(session: AsyncSession, own: Case, *, follows: bool = False) -> dict[str, Any]:
    """The payload of a status reply, by the code its reader knows; who only follows reads none of the words."""
    case = await living(session, own)
    office = await session.get_one(Office, case.office_id)
    text = followed(own.code, case.state, case.outcome) if follows else await _told(session, own, case, office)
    return {"kind": "status", "text": text, "case": await view_of(session, case, office, own)}


async def _told(session: AsyncSession, own: Case, case: Case, office: Office) -> str:
    lines = [f"Phiếu {own.code}: {STATES[case.state].resident}."]
    if own.id != case.id:
        lines.append("Phiếu này đã gộp với phiếu khác cùng việc, nên bác xem tình trạng của việc chung.")
    lines.append(await _where(session, case, office))
    if case.outcome:
        lines.append(f"Kết quả: {OUTCOMES[case.outcome]}.")
    if case.refusal:
        lines.append(f"Lý do: {LABELS[case.refusal]}.")
    words = await _newest_words(session, case)
    if words:
        lines.append(f"Lời của đơn vị: {words}")
    if STATES[case.state].open:
        lines.append(await promise(session, case))
    return "\n".join(lines)


async def _where(session: AsyncSession, case: Case, office: Office) -> str:
    if case.to_office_id is None:
        return f"Nơi giải quyết: {office.name}."
    to = await session.get_one(Office, case.to_office_id)
    return f"Đang chuyển sang {to.name}; đến khi bên ấy nhận, {office.name} vẫn chịu trách nhiệm trả lời bác."


async def _newest_words(session: AsyncSession, case: Case) -> str | None:
    """What the office wrote last for the resident to read, unless the resident wrote since."""
    written = [e for e in await history(session, case) if e.shown and e.note and e.act not in BETWEEN_OFFICES]
    return written[-1].note if written and written[-1].actor.startswith("official") else None
