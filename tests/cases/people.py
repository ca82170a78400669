"""Cases and the people around them, within one session of the town."""

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.changes import Resident
from bot.cases.models import Case
from bot.cases.rules import Act, Step
from bot.cases.service import Report, open_case, work
from bot.conversations.incoming import Incoming, receive
from bot.conversations.models import Message
from bot.officials.models import Office, Official
from bot.officials.queries import office_for
from bot.places.service import communes
from tests.conversations.town import MORNING, said


async def opened(
    session: AsyncSession,
    *,
    commune: int | None = 0,
    message: Message | None = None,
    at: datetime = MORNING,
    **values: Any,
) -> Case:
    """A case of a new conversation, or of the message's; in the first commune unless said otherwise."""
    where = (await communes(session))[commune].id if commune is not None else None
    given: dict[str, Any] = {"field": "roads", "description": "đường hỏng", "visibility": "officials"}
    report = Report(place="bản Hon", commune_id=where, village_id=None, **(given | values))
    agreed = message or await said(session, "đồng ý")
    return await open_case(session, agreed.id, report, at, secrets.randbelow)


async def staff_of(session: AsyncSession, office_id: int, role: str | None = None) -> Official:
    """Somebody who works in that office; made if the sample has nobody."""
    wanted = select(Official).where(Official.office_id == office_id)
    found = await session.scalar(wanted.where(Official.role == role) if role else wanted.order_by(Official.id))
    if found:
        return found
    office = await session.get_one(Office, office_id)
    role = role or ("commune_staff" if office.level == "commune" else "province_department")
    name = f"made-{secrets.token_hex(4)}"
    made = Official(username=name, role=role, title=f"Cán bộ {office.name}", office_id=office_id, password_hash="")
    session.add(made)
    await session.flush()
    await session.refresh(made)
    return made


async def coordinator(session: AsyncSession) -> Official:
    return await staff_of(session, (await office_for(session, None)).id, "province_coordinator")


async def office_of(session: AsyncSession, commune: int) -> Office:
    return await office_for(session, (await communes(session))[commune].id)


async def sender(session: AsyncSession, case: Case, words: str = "thêm một tin") -> Resident:
    """Whoever sent the case, with a new message."""
    return await writes(session, case.conversation_id, words)


async def writes(session: AsyncSession, conversation_id: UUID, words: str = "thêm một tin") -> Resident:
    incoming = Incoming("web", str(uuid4()), words, {"text": words})
    message = await receive(session, conversation_id, incoming, MORNING)
    return Resident(conversation_id, message.id)


async def somebody(session: AsyncSession, words: str = "alo") -> Resident:
    """A resident who has nothing to do with any case yet."""
    message = await said(session, words)
    return Resident(message.conversation_id, message.id)


async def told(session: AsyncSession, conversation_id: UUID) -> list[str]:
    """What was said in the conversation, oldest first."""
    query = select(Message).where(Message.conversation_id == conversation_id, Message.sender != "resident")
    return [m.text or "" for m in await session.scalars(query.order_by(Message.id))]


async def answered(session: AsyncSession, case: Case, step: Step | None = None) -> Official:
    """Received and answered by its office; who answered."""
    staff = await staff_of(session, case.office_id)
    if case.state == "new":
        await work(session, case, Step(Act.RECEIVE), staff, MORNING)
    await work(session, case, step or Step(Act.ANSWER, "Đã san lại đường.", "resolved"), staff, MORNING)
    return staff
