"""Photos, voice notes and files on the desk: seen by whoever may see their talk or case, hidden with one button."""

import asyncio
import re
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import Parameter
from litestar.response import Redirect
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.attachments import case_of
from bot.cases.merging import living
from bot.cases.queries import Wanted
from bot.cases.queries import seen_by as cases_seen_by
from bot.console.access import Asked
from bot.console.anonymity import anonymity
from bot.console.forms import typed
from bot.console.pages import done
from bot.console.reading import said
from bot.conversations.models import Conversation, Message
from bot.conversations.queries import seen_by
from bot.db import unit_of_work
from bot.media import service
from bot.media.models import Media
from bot.media.storage import Files
from bot.media.views import is_shown, served
from bot.officials.models import Official
from bot.officials.permissions import Permission, may

Range = Annotated[str | None, Parameter(header="Range")]
BACK = re.compile(r"/console/(conversations|cases)/[A-Za-z0-9-]{1,60}")


class Attachments(Controller):
    """What residents sent beside words."""

    path = "/media"

    @get("/{media_id:uuid}", permission=Permission.SEE_ATTACHMENTS)
    async def show(self, request: Asked, state: State, media_id: UUID, wanted: Range = None) -> Response[bytes]:
        """The copy to show, or the part of it that a player asks for."""
        return await _serve(request, state, media_id, wanted=wanted)

    @get("/{media_id:uuid}/thumbnail", permission=Permission.SEE_ATTACHMENTS)
    async def thumbnail(self, request: Asked, state: State, media_id: UUID) -> Response[bytes]:
        """The small copy of a photo."""
        return await _serve(request, state, media_id, thumbnail=True)

    @post("/{media_id:uuid}/identity", permission=Permission.SEE_ATTACHMENTS)
    async def hide(self, request: Asked, state: State, media_id: UUID) -> Redirect:
        """“Giấy tờ tùy thân”: nobody sees it from now on, and the resident is told."""
        async with unit_of_work(state.engine) as session:
            media = await _readable(session, request.user, media_id)
            if (await session.get_one(Message, media.message_id)).sender != "resident":
                raise NotFoundException
            await service.hide(
                session, media, "official", state.clock(), state.settings.sealed_hold_hours, request.user
            )
        back = await typed(request, "back")
        told = "Đã cất ảnh đi, không ai xem được nữa; người dân được báo. Ảnh sẽ bị xóa hẳn."
        return done(request, back if BACK.fullmatch(back) else "/console", told)


async def _serve(
    request: Asked, state: State, media_id: UUID, *, thumbnail: bool = False, wanted: str | None = None
) -> Response[bytes]:
    async with unit_of_work(state.engine) as session:
        media = await _readable(session, request.user, media_id)
    try:
        found = await asyncio.to_thread(
            served, media, Files(state.settings.data_dir), thumbnail=thumbnail, wanted=wanted
        )
    except FileNotFoundError as error:
        raise NotFoundException from error
    return Response(found.content, media_type=found.media_type, headers=found.headers, status_code=found.status)


async def _readable(session: AsyncSession, official: Official, media_id: UUID) -> Media:
    """What this official may see through its talk or its case; not found otherwise, and once it was hidden."""
    query = select(Media, Message).join(Message, Message.id == Media.message_id).where(Media.id == media_id)
    found: Any = (await session.execute(query)).first()
    if found is None or not is_shown(found.Media) or found.Message.sealed:
        raise NotFoundException
    if not (await _in_a_case(session, official, found.Media) or await _in_a_talk(session, official, found.Message)):
        raise NotFoundException
    media: Media = found.Media
    return media


async def _in_a_case(session: AsyncSession, official: Official, media: Media) -> bool:
    if not may(official.role, Permission.SEE_CASES):
        return False
    own = await case_of(session, media.id)
    codes = {own.code, (await living(session, own)).code} if own else set()
    return any([await cases_seen_by(session, official, Wanted(code=code)) for code in codes])


async def _in_a_talk(session: AsyncSession, official: Official, message: Message) -> bool:
    if not may(official.role, Permission.ANSWER_TALKS):
        return False
    owned = Conversation.id == message.conversation_id, Conversation.owner == "official", seen_by(official)
    if await session.scalar(select(Conversation.id).where(*owned)) is None:
        return False
    hidden = (await anonymity(session, [message.conversation_id])).get(message.conversation_id, [])
    return not said(message, hidden).withheld
