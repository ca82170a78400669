"""Use cases of publishing: one official drafts, another agrees, either may take it back; never without consent."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case, CaseEntry
from bot.cases.rules import Act
from bot.conversations.masking import MASKS, masked
from bot.language import fold, terms
from bot.officials.models import Official
from bot.publications.models import Publication
from bot.publications.redaction import Find, Proposal, left_in, propose

PUBLISHED_OUTCOMES = frozenset({"resolved", "partly_resolved", "explained"})
"""Answers worth reading by others; refusals concern one person."""
LONGEST_TITLE, LONGEST_TEXT = 150, 4_000


class PublicationRefused(ValueError):
    """It cannot be published so; the message, in Vietnamese, says why."""


class StillNamed(PublicationRefused):
    """The text may still tell who somebody is; ``finds`` says where."""

    def __init__(self, finds: tuple[Find, ...]) -> None:
        super().__init__("Còn chỗ có thể lộ người: " + "; ".join(f"“{one.words}”" for one in finds))
        self.finds = finds


@dataclass(frozen=True)
class Words:
    """What would be published."""

    title: str
    question: str
    answer: str


@dataclass(frozen=True)
class Proposed:
    """Question and answer of a case with masks proposed."""

    question: Proposal
    answer: Proposal


async def proposed(session: AsyncSession, case: Case) -> Proposed:
    """What the case's words would look like; ``PublicationRefused`` where they may not be published."""
    _refuse_case(case)
    answers = select(CaseEntry.note).where(
        CaseEntry.case_id == case.id, CaseEntry.act == Act.ANSWER, CaseEntry.note.is_not(None)
    )
    answer = await session.scalar(answers.order_by(CaseEntry.number.desc()).limit(1))
    return Proposed(propose(case.description, _mask, MASKS), propose(answer or "", _mask, MASKS))


async def draft(
    session: AsyncSession, case: Case, official: Official, words: Words, at: datetime, *, looked_at: bool = False
) -> Publication:
    """Draft it, or change the draft. ``looked_at``: a person has looked at what may still tell and keeps it."""
    _refuse_case(case)
    _refuse_words(words, looked_at=looked_at)
    row = await _current(session, case)
    if row is None:
        row = Publication(case_id=case.id, office_id=case.office_id, commune_id=case.commune_id, field=case.field)
        session.add(row)
    elif row.state != "draft":
        raise PublicationRefused("Câu trả lời của phiếu này đã được công khai; gỡ xuống trước rồi soạn lại.")
    row.title, row.question, row.answer = words.title, words.question, words.answer
    row.terms = sorted(set(terms(f"{words.title} {words.question}")))
    row.state, row.drafted_by, row.drafted_at = "draft", official.id, at
    await session.flush()
    return row


async def publish(session: AsyncSession, row: Publication, official: Official, at: datetime) -> None:
    """A second person agrees; consent is asked for once more, since it may have been taken back."""
    if row.state != "draft":
        raise PublicationRefused("Bản này không còn là bản chờ duyệt.")
    if row.drafted_by == official.id:
        raise PublicationRefused("Người soạn không tự duyệt; cần một người thứ hai.")
    _refuse_case(await session.get_one(Case, row.case_id, with_for_update=True))
    row.state, row.approved_by, row.published_at = "published", official.id, at
    await session.flush()


async def withdraw(session: AsyncSession, row: Publication, why: str, at: datetime) -> None:
    """Nobody sees it any more; of its words nothing stays."""
    row.state, row.approved_by, row.withdrawn_at, row.withdrawn_why = "withdrawn", None, at, why
    row.title = row.question = row.answer = ""
    row.terms = []
    await session.flush()


async def withdraw_of(session: AsyncSession, case: Case, at: datetime) -> None:
    """Take back what was made of a case whose resident has it erased."""
    row = await _current(session, case)
    if row is not None:
        await withdraw(session, row, "Người dân xóa dữ liệu", at)


async def withdraw_without_consent(session: AsyncSession, at: datetime) -> int:
    """Take back what its resident no longer wants public; how many."""
    query = (
        select(Publication)
        .join(Case, Case.id == Publication.case_id)
        .where(Publication.state != "withdrawn", Case.visibility != "public")
        .with_for_update(of=Publication, skip_locked=True)
    )
    rows = (await session.scalars(query)).all()
    for row in rows:
        await withdraw(session, row, "Người dân không còn đồng ý công khai", at)
    return len(rows)


async def _current(session: AsyncSession, case: Case) -> Publication | None:
    query = select(Publication).where(Publication.case_id == case.id, Publication.state != "withdrawn")
    return await session.scalar(query.with_for_update())


def may_be_public(case: Case) -> bool:
    """Whether its resident agreed and there is an answer worth reading by others."""
    return case.visibility == "public" and _is_settled(case)


def _is_settled(case: Case) -> bool:
    return case.state in ("answered", "closed") and case.outcome in PUBLISHED_OUTCOMES


def _refuse_case(case: Case) -> None:
    if case.visibility != "public":
        raise PublicationRefused("Người dân không đồng ý công khai phiếu này.")
    if not _is_settled(case):
        raise PublicationRefused("Chỉ công khai câu trả lời của phiếu đã giải quyết hoặc đã giải thích.")


def _refuse_words(words: Words, *, looked_at: bool) -> None:
    if not all((words.title, words.question, words.answer)):
        raise PublicationRefused("Cần đủ tiêu đề, câu hỏi và câu trả lời.")
    if len(words.title) > LONGEST_TITLE or max(len(words.question), len(words.answer)) > LONGEST_TEXT:
        raise PublicationRefused(f"Tiêu đề tối đa {LONGEST_TITLE} ký tự, mỗi phần tối đa {LONGEST_TEXT} ký tự.")
    left = left_in("\n".join((words.title, words.question, words.answer)), _mask, MASKS)
    if left and not looked_at:
        raise StillNamed(left)


def _mask(text: str) -> str:
    return "\n".join(masked(line, fold) for line in text.split("\n"))
