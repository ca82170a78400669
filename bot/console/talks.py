"""Talks that officials own: what waits, reading, taking, replying, sealing, giving back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.cases.queries import of_conversation
from bot.console import undelivered
from bot.console.access import Asked
from bot.console.anonymity import Anonymous, anonymity
from bot.console.data_requests import LARGEST_ID, open_requests
from bot.console.enclosing import ACCEPTED, FORM_BYTES, NotSendable, chosen
from bot.console.forms import fault, typed
from bot.console.pages import done, page, refused
from bot.console.reading import Read, Said, newest, said
from bot.console.unreached import unreached
from bot.conversations import holds, queries, service
from bot.conversations.models import Conversation, Message
from bot.db import unit_of_work
from bot.media.enclosing import WORDS_ALONE, enclose
from bot.officials.models import Office, Official
from bot.officials.permissions import Permission, may
from bot.places.models import Commune

REASONS = {
    "asked": "Người dân muốn gặp cán bộ",
    "not_understood": "Trợ lý không hiểu câu hỏi",
    "not_helpful": "Câu trả lời của trợ lý chưa giúp được",
    "my_data": "Người dân hỏi về dữ liệu cá nhân của mình",
    "failure": "Máy trả lời gặp trục trặc",
    "emergency": "Có việc khẩn cấp",
    "staff_elsewhere": "Cán bộ đã trả lời ngay trong trang quản lý của Zalo",
    "media": "Người dân gửi ảnh, tin thoại hoặc tệp",
}
OTHER_REASON = "Cần cán bộ trả lời"
TAKEN = "{who} đang trả lời cuộc trò chuyện này."


@dataclass(frozen=True)
class WaitingLine:
    """One talk of the list; ``last`` as an official may read it."""

    conversation: Conversation
    commune: Commune | None
    office: Office | None
    taken_by: Official | None
    last: Said | None


class Talks(Controller):
    """What residents wait for an answer to."""

    @get("/waiting", permission=Permission.ANSWER_TALKS)
    async def waiting(self, request: Asked, state: State) -> Template:
        """The talks that officials own, those waiting longest first; requests about data; notices that reach nobody."""
        async with unit_of_work(state.engine) as session:
            lines = await _waiting(session, request.user)
            besides: dict[str, Any] = {
                "data_requests": await open_requests(session, request.user),
                "unreached": await unreached(session, request.user),
                "undelivered": await undelivered.lines(session, request.user),
            }
        return page(request, "console/waiting.html", section="talks", waiting=lines, reasons=REASONS, **besides)

    @get("/conversations/{talk_id:uuid}", permission=Permission.ANSWER_TALKS)
    async def read(self, request: Asked, state: State, talk_id: UUID) -> Template:
        """One talk."""
        return await _talk_page(request, state, talk_id)

    @get("/conversations/{talk_id:uuid}/messages", permission=Permission.ANSWER_TALKS)
    async def messages(self, request: Asked, state: State, talk_id: UUID) -> Template:
        """The talk's messages alone, for the page that keeps itself up to date."""
        async with unit_of_work(state.engine) as session:
            context = await _messages(session, request.user, await _talk(session, request.user, talk_id))
        return Template("console/_messages.html", context=context)

    @post("/conversations/{talk_id:uuid}/take", permission=Permission.ANSWER_TALKS)
    async def take(self, request: Asked, state: State, talk_id: UUID) -> Redirect:
        """This official will answer."""
        async with unit_of_work(state.engine) as session:
            talk = await _talk(session, request.user, talk_id)
            holder = await _holder_unless_taken(session, talk, request.user)
        if holder:
            return refused(request, _address(talk_id), TAKEN.format(who=holder))
        return done(request, _address(talk_id), "Đã nhận. Từ giờ mình trả lời cuộc trò chuyện này.")

    @post("/conversations/{talk_id:uuid}/reply", permission=Permission.ANSWER_TALKS, request_max_body_size=FORM_BYTES)
    async def reply(self, request: Asked, state: State, talk_id: UUID) -> Response[Any]:
        """Say or show something to the resident; taking the talk where it is free."""
        words = await typed(request, "text")
        try:
            file = await chosen(request, state)
        except NotSendable as no:
            return await _talk_page(request, state, talk_id, status=422, error=str(no), draft=words)
        said_words = words or (WORDS_ALONE[file.prepared.type.kind] if file else "")
        wrong = fault(said_words, state.settings.message_max_characters)
        if wrong:
            return await _talk_page(request, state, talk_id, status=422, error=wrong, draft=words)
        async with unit_of_work(state.engine) as session:
            talk = await _talk(session, request.user, talk_id)
            holder = await _holder_unless_taken(session, talk, request.user)
            if holder is None:
                message = await service.say(session, talk, request.user, said_words, state.clock())
                if file:
                    await enclose(session, message, file, state.clock())
        if holder:
            told = f"Chưa gửi. {TAKEN.format(who=holder)}"
            return await _talk_page(request, state, talk_id, status=409, error=told, draft=words)
        return done(request, _address(talk_id), "Đã gửi trả lời.")

    @post("/conversations/{talk_id:uuid}/ask-contact", permission=Permission.ANSWER_TALKS)
    async def ask_contact(self, request: Asked, state: State, talk_id: UUID) -> Redirect:
        """Ask for a name and a telephone number, which the resident may refuse."""
        async with unit_of_work(state.engine) as session:
            talk = await _talk(session, request.user, talk_id)
            holder = await _holder_unless_taken(session, talk, request.user)
            if holder is None:
                await service.ask_contact(session, talk, request.user, state.clock())
        if holder:
            return refused(request, _address(talk_id), TAKEN.format(who=holder))
        return done(request, _address(talk_id), "Đã xin họ tên và số điện thoại. Người dân có thể không cho.")

    @post("/conversations/{talk_id:uuid}/give-back", permission=Permission.ANSWER_TALKS)
    async def give_back(self, request: Asked, state: State, talk_id: UUID) -> Redirect:
        """The bot answers again; only who has taken the talk may give it back."""
        async with unit_of_work(state.engine) as session:
            talk = await _talk(session, request.user, talk_id)
            mine = talk.taken_by == request.user.id
            if mine:
                await service.give_back(session, talk, state.clock())
        if not mine:
            return refused(request, _address(talk_id), "Chỉ cán bộ đang nhận cuộc trò chuyện mới trả lại được.")
        return done(request, "/console/waiting", "Đã trả cuộc trò chuyện lại cho trợ lý tự động.")

    @post("/conversations/{talk_id:uuid}/messages/{message_id:int}/seal", permission=Permission.ANSWER_TALKS)
    async def seal(self, request: Asked, state: State, talk_id: UUID, message_id: int) -> Redirect:
        """“Đây là tố cáo”: the resident's words go into the sealed hold."""
        async with unit_of_work(state.engine) as session:
            talk = await _talk(session, request.user, talk_id)
            message = await _resident_message(session, talk, message_id)
            holder = await _holder_unless_taken(session, talk, request.user)
            if holder is None and not message.sealed and message.text is not None:
                await holds.seal_by_official(session, message.id, request.user, state.clock())
        if holder:
            return refused(request, _address(talk_id), TAKEN.format(who=holder))
        return done(request, _address(talk_id), "Đã cất riêng tin ấy và báo cho người dân.")


async def _waiting(session: AsyncSession, official: Official) -> list[WaitingLine]:
    """The list of waiting talks, each last message as an official may read it."""
    lines = await queries.waiting(session, official)
    hidden = await anonymity(session, [line.conversation.id for line in lines])
    return [_line(line, hidden.get(line.conversation.id, [])) for line in lines]


def _line(line: queries.Waiting, hidden: list[Anonymous]) -> WaitingLine:
    last = said(line.last, hidden) if line.last else None
    return WaitingLine(line.conversation, line.commune, line.office, line.taken_by, last)


async def _talk(session: AsyncSession, official: Official, talk_id: UUID) -> Conversation:
    talk = await queries.talk_seen_by(session, talk_id, official)
    if talk is None:
        raise NotFoundException
    return talk


async def _resident_message(session: AsyncSession, talk: Conversation, message_id: int) -> Message:
    message = await session.get(Message, min(message_id, LARGEST_ID))
    if message is None or message.conversation_id != talk.id or message.sender != "resident":
        raise NotFoundException
    return message


async def _holder_unless_taken(session: AsyncSession, talk: Conversation, official: Official) -> str | None:
    """Take the talk for this official; the title of whoever has it when it is not free."""
    if await service.take(session, talk, official):
        return None
    holder = await session.get(Official, talk.taken_by) if talk.taken_by else None
    return holder.title if holder else "Người khác"


async def _talk_page(
    request: Asked, state: State, talk_id: UUID, *, status: int = 200, error: str | None = None, draft: str = ""
) -> Template:
    official = request.user
    async with unit_of_work(state.engine) as session:
        talk = await _talk(session, official, talk_id)
        context = await _messages(session, official, talk)
        commune = await session.get(Commune, talk.commune_id) if talk.commune_id else None
        holder = await session.get(Official, talk.taken_by) if talk.taken_by else None
        cases = await _openable_cases(session, official, talk)
    return page(
        request,
        "console/conversation.html",
        section="talks",
        status=status,
        error=error,
        commune=commune,
        reason=REASONS.get(talk.handover_reason or "", OTHER_REASON),
        taken_by=holder,
        cases=cases,
        draft=draft,
        longest=state.settings.message_max_characters,
        accepted=ACCEPTED,
        **context,
    )


async def _messages(session: AsyncSession, official: Official, talk: Conversation) -> dict[str, Any]:
    lines = await newest(session, talk.id)
    mine = talk.taken_by == official.id
    return {"talk": talk, "messages": lines, "names": await _names(session, lines), "mine": mine}


async def _names(session: AsyncSession, lines: list[Read]) -> dict[int, str]:
    ids = {line.message.official_id for line in lines} - {None}
    rows = await session.execute(select(Official.id, Official.title).where(Official.id.in_(ids)))
    return dict(rows.all())


async def _openable_cases(session: AsyncSession, official: Official, talk: Conversation) -> list[Case]:
    """The resident's cases that this official may open; never one whose sender nobody may know."""
    if not may(official.role, Permission.SEE_CASES):
        return []
    everywhere = official.role == "province_coordinator"
    found = await of_conversation(session, talk.id)
    mine = [case for case, office in found if everywhere or office.id == official.office_id]
    return [case for case in mine if case.visibility != "nobody"]


def _address(talk_id: UUID) -> str:
    return f"/console/conversations/{talk_id}"
