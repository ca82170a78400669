"""Telling everybody who has a part in a case, each in their own channel and by the code they know."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import chain
from bot.cases.clocks.queries import promised
from bot.cases.history import chain_at_receipt
from bot.cases.models import Case, CaseReporter
from bot.cases.rules import Act
from bot.cases.states import STATES
from bot.cases.wording import Told, followed, news
from bot.conversations import notices
from bot.conversations.models import Conversation
from bot.conversations.replies import Reply, ReplyButton
from bot.db import AGAINST_WRITERS
from bot.officials.models import Office

BUTTONS: dict[Act, tuple[ReplyButton, ...]] = {
    Act.ASK: (ReplyButton("Trả lời", "add_to_case"),),
    Act.ANSWER: (ReplyButton("Đánh giá", "rate_case"), ReplyButton("Chưa được, mở lại", "reopen_case")),
}
"""What the resident may want to do next, under the news."""


async def tell(
    session: AsyncSession, case: Case, act: Act, told: Told, at: datetime, *, but: int | None = None
) -> None:
    """Say what happened to everyone with a part in the case, except the reporter ``but``, who did it."""
    office = await session.get_one(Office, case.office_id)
    for reporter, own in await _reporters(session, case):
        if reporter.id == but:
            continue
        if reporter.part == "follower":
            words = followed(own.code, case.state, case.outcome)
        else:
            words = news(act, replace(told, code=own.code, office=office.name))
        conversation = await session.get_one(Conversation, reporter.conversation_id, with_for_update=AGAINST_WRITERS)
        view = await view_of(session, case, office, own)
        buttons = BUTTONS.get(act, ()) if reporter.part == "sender" else ()
        reply = Reply("status", words, {"case": view}, tuple(_about(button, own) for button in buttons))
        await notices.tell(session, conversation, "case", reply, at, office_id=case.office_id)


def _about(button: ReplyButton, own: Case) -> ReplyButton:
    return replace(button, entities={"case_code": own.code})


async def view_of(session: AsyncSession, case: Case, office: Office, own: Case | None = None) -> dict[str, str | None]:
    """The case as a reply carries it: by the code its reader knows, with the fingerprint of their own receipt."""
    own = own or case
    receipt = await chain_at_receipt(session, own)
    due = await promised(session, case)
    return {
        "code": own.code,
        "state": case.state,
        "label": STATES[case.state].resident,
        "office": office.name,
        "due": due.isoformat() if due else None,
        "fingerprint": chain.fingerprint(receipt),
    }


async def _reporters(session: AsyncSession, case: Case) -> list[tuple[CaseReporter, Case]]:
    """In the order of their conversations, so that two who tell at once do not wait for each other."""
    query = (
        select(CaseReporter, Case)
        .join(Case, Case.id == CaseReporter.own_case_id)
        .where(CaseReporter.case_id == case.id, CaseReporter.left_at.is_(None))
        .order_by(CaseReporter.conversation_id)
    )
    return [(reporter, own) for reporter, own in await session.execute(query)]
