"""The web chat's files over HTTP, documented in OpenAPI at ``/schema``."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, Parameter

from bot.channels import webchat, webchat_files
from bot.channels.webchat import Refused, Sent
from bot.channels.webchat_routes import address_of, answer_to, limits_of, token_in
from bot.channels.webchat_shapes import FILE_FOUND, FILE_SENT, ChatFile
from bot.db import unit_of_work
from bot.media import service
from bot.media.storage import Files
from bot.media.views import served

LARGEST_BODY = 52_000_000
"""Bytes: somewhat more than ``MEDIA_MAX_BYTES`` may be set to."""
Form = Annotated[ChatFile, Body(media_type=RequestEncodingType.MULTI_PART)]
Range = Annotated[str | None, Parameter(header="Range")]
_NO_FORM = Refused(415, "not_a_form", "Cần gửi tệp dạng multipart/form-data, trường “file”.")


class WebChatFiles(Controller):
    """Send a file, see it again."""

    path = webchat.FILES
    tags = ["chat"]  # noqa: RUF012 -- Litestar reads a plain list

    @post("/", request_max_body_size=LARGEST_BODY, status_code=200, responses=FILE_SENT)
    async def send(self, request: Request[Any, Any, Any], data: Form, state: State) -> Response[Any]:
        """Send a photo, voice note, video or document, with a caption or without; answered like words."""
        if request.content_type[0] != RequestEncodingType.MULTI_PART:
            raise _NO_FORM
        settings, at = state.settings, state.clock()
        limits = service.limits_of(settings)
        content = await data.file.read(limits.most_bytes + 1) if data.file else None
        file = webchat_files.given(content, (data.file and data.file.filename) or "", limits)
        sent = Sent(
            data.text, None, data.id, data.conversation or token_in(request), address_of(request), file.type.kind
        )
        storage = Files(settings.data_dir, settings.media_free_bytes)
        async with unit_of_work(state.engine) as session:
            await webchat_files.slow_down(session, sent.address, settings.media_per_minute)
            kept = await webchat.keep(session, sent, limits_of(settings), at)
            await webchat_files.keep_with(session, kept, file, storage, limits, at)
        return await answer_to(state, kept)

    @get("/{media_id:uuid}", responses=FILE_FOUND, media_type="application/octet-stream")
    async def show(
        self, request: Request[Any, Any, Any], state: State, media_id: UUID, wanted: Range = None
    ) -> Response[bytes]:
        """What was sent in this talk, or the part of it that a player asks for."""
        return await _serve(request, state, media_id, wanted=wanted)

    @get("/{media_id:uuid}/thumbnail", responses=FILE_FOUND, media_type="image/jpeg")
    async def thumbnail(self, request: Request[Any, Any, Any], state: State, media_id: UUID) -> Response[bytes]:
        """The small copy of a photo that was sent in this talk."""
        return await _serve(request, state, media_id, thumbnail=True)


async def _serve(
    request: Request[Any, Any, Any], state: State, media_id: UUID, *, thumbnail: bool = False, wanted: str | None = None
) -> Response[bytes]:
    conversation_id = webchat.conversation_named(token_in(request) or "")
    async with unit_of_work(state.engine) as session:
        media = await webchat_files.own_file(session, conversation_id, media_id)
    if media is None:
        raise NotFoundException
    try:
        found = await asyncio.to_thread(
            served, media, Files(state.settings.data_dir), thumbnail=thumbnail, wanted=wanted
        )
    except FileNotFoundError as error:
        raise NotFoundException from error
    return Response(found.content, media_type=found.media_type, headers=found.headers, status_code=found.status)
