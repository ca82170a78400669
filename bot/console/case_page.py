"""The page of one case: what it is, how it stands, what may be done with it now, what was done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar.response import Template
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.attachments import of_case
from bot.cases.chain import fingerprint
from bot.cases.changes import parts_of
from bot.cases.clocks.desk import lines_of
from bot.cases.clocks.limits import BOARD_LABELS
from bot.cases.clocks.service import may_be_of_board
from bot.cases.corrections import KINDS, LONGEST_TITLE
from bot.cases.fields import FIELDS
from bot.cases.history import history, named
from bot.cases.models import Case
from bot.cases.queries import Listed
from bot.cases.reasons import LABELS, REFUSALS, RETURN, TRANSFER
from bot.cases.rules import Act, open_to
from bot.cases.states import GIVEN, OUTCOMES, STATES
from bot.cases.transfers import may_be_returned, targets
from bot.clock import local
from bot.console.access import Asked
from bot.console.case_facts import block_seen, facts_of, news_in
from bot.console.case_words import ACTS, act_label
from bot.console.pages import page
from bot.conversations.queries import talk_seen_by
from bot.media.views import attachments
from bot.officials.models import Official
from bot.officials.permissions import Permission, may
from bot.officials.queries import colleagues
from bot.publications.service import may_be_public


@dataclass(frozen=True)
class Tried:
    """One form as it was sent; everything empty where none was."""

    act: str = ""
    outcome: str = ""
    reason: str = ""
    competent: str = ""
    note: str = ""
    office: str = ""
    person: str = ""
    field: str = ""
    kind: str = ""
    title: str = ""
    into: str = ""
    until: str = ""
    seen: str = ""


@dataclass(frozen=True)
class Fault:
    """Why nothing was done, and the page's status."""

    words: str
    status: int = 422


NOTHING = Tried()


async def case_page(
    session: AsyncSession,
    request: Asked,
    listed: Listed,
    at: datetime,
    tried: Tried = NOTHING,
    wrong: Fault | None = None,
) -> Template:
    """The case as this official may see it; ``tried`` and ``wrong`` of a form that was refused."""
    official, case = request.user, listed.case
    entries = await named(session, await history(session, case))
    return page(
        request,
        "console/case.html",
        section="cases",
        status=wrong.status if wrong else 200,
        error=wrong.words if wrong else None,
        case=case,
        office=listed.office,
        commune=listed.commune,
        entries=entries,
        news=news_in(case, entries),
        facts=await facts_of(session, case),
        attached=attachments(await of_case(session, case.id)),
        fingerprint=fingerprint(entries[0][0].chain),
        tried=tried,
        talk_href=await _talk_href(session, official, case),
        publishable=may_be_public(case),
        now=at,
        **await _choices(session, official, case, at),
        **_labels(),
    )


async def _choices(session: AsyncSession, official: Official, case: Case, at: datetime) -> dict[str, Any]:
    """What is open to the official, and what each form offers."""
    acts = {rule.act for rule in open_to(await parts_of(session, case, official), case.state)}
    late = Act.RETURN in acts and not await may_be_returned(session, case, at)
    moves_office = acts & {Act.TRANSFER, Act.ASSIGN_OFFICE}
    clocks = await lines_of(session, case)
    boards = Act.NOTE in acts and any(may_be_of_board(line.clock) for line in clocks)
    people = await colleagues(session, case.office_id) if Act.ASSIGN_PERSON in acts else []
    return {
        "acts": [act for act in ACTS if act in acts and not (late and act == Act.RETURN)],
        "late": late,
        "clocks": clocks,
        "boards": BOARD_LABELS if boards else {},
        "offices": await targets(session, case) if moves_office else [],
        "people": [who for who in people if may(who.role, Permission.WORK_CASES)],
        "may_block": case.visibility != "nobody" and may(official.role, Permission.BLOCK_RESIDENTS),
        "blocked": await block_seen(session, case, official, at),
        "today": local(at).date(),
    }


async def _talk_href(session: AsyncSession, official: Official, case: Case) -> str | None:
    """The conversation, where this official may open it; never of a case whose sender nobody may know."""
    if case.visibility == "nobody" or not may(official.role, Permission.ANSWER_TALKS):
        return None
    talk: Any = await talk_seen_by(session, case.conversation_id, official)
    return f"/console/conversations/{talk.id}" if talk else None


def _labels() -> dict[str, Any]:
    return {
        "states": STATES,
        "fields": FIELDS,
        "outcomes": OUTCOMES,
        "kinds": KINDS,
        "given": GIVEN,
        "refusals": REFUSALS,
        "transfer_reasons": TRANSFER,
        "return_reasons": RETURN,
        "reasons": LABELS,
        "longest_title": LONGEST_TITLE,
        "act_label": act_label,
    }
