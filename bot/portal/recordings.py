"""Recordings under addresses that cannot be guessed."""

import asyncio
from typing import Annotated

from litestar import Controller, Response, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import Parameter

from bot.db import unit_of_work
from bot.media.serving import part_of
from knowledge_base.recording_files import RecordingFiles
from knowledge_base.recordings import recording_with


class Recordings(Controller):
    """What a player fetches."""

    @get("/recordings/{key:str}", include_in_schema=False)
    async def play(
        self, state: State, key: str, wanted: Annotated[str | None, Parameter(header="Range")] = None
    ) -> Response[bytes]:
        """The recording, or the part a player asks for: an iPhone plays nothing without."""
        async with unit_of_work(state.engine) as session:
            recording = await recording_with(session, key)
        if recording is None:
            raise NotFoundException
        try:
            content = await asyncio.to_thread(RecordingFiles(state.settings.data_dir).read, recording.content_hash)
        except FileNotFoundError as error:
            raise NotFoundException from error
        headers = {"Accept-Ranges": "bytes", "Cache-Control": "private, max-age=86400"}
        part = part_of(wanted, len(content))
        if part is None:
            return Response(content, media_type=recording.media_type, headers=headers)
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(content)}"
        return Response(
            content[part.start : part.stop], media_type=recording.media_type, headers=headers, status_code=206
        )
