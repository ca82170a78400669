"""Recordings that an office has made of answers and of sections of conventions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.datastructures import State, UploadFile
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.access import Asked
from bot.console.forms import typed
from bot.console.local_texts import readable_villages
from bot.console.pages import done, page, refused
from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission, of_whole_province
from knowledge_base.audio import MOST_BYTES, NotARecording
from knowledge_base.conventions.queries import in_force, sections
from knowledge_base.models import AnswerRow, ConventionSection, Recording
from knowledge_base.recording_files import RecordingFiles
from knowledge_base.recordings import ADDRESS, LANGUAGES, Given, RecordingRefused, is_outdated, keep, remove

HERE = "/console/recordings"
FORM_BYTES = MOST_BYTES + 65_536


@dataclass(frozen=True)
class Line:
    """A recording as the list shows it."""

    recording: Recording
    title: str
    outdated: bool
    address: str
    removable: bool


class Recordings(Controller):
    """Listing, uploading and taking out."""

    path = "/recordings"

    @get("/", permission=Permission.KEEP_RECORDINGS)
    async def show(self, request: Asked, state: State) -> Template:
        """What is recorded, and the form for a new recording."""
        async with unit_of_work(state.engine) as session:
            lines = await _lines(session, request.user)
            answers = await _answers(session)
            parts = await _sections(session, request.user, state.local(state.clock()).date())
        return page(
            request,
            "console/recordings.html",
            section="recordings",
            lines=lines,
            answers=answers,
            parts=parts,
            languages=LANGUAGES,
            today=state.local(state.clock()).date(),
        )

    @post("/", permission=Permission.KEEP_RECORDINGS, request_max_body_size=FORM_BYTES)
    async def upload(self, request: Asked, state: State) -> Redirect:
        """Keep what was uploaded."""
        file = (await request.form()).get("file")
        content = await file.read(MOST_BYTES + 1) if isinstance(file, UploadFile) else b""
        moment = state.local(state.clock())
        try:
            async with unit_of_work(state.engine) as session:
                allowed = await _sections(session, request.user, moment.date())
                given = await _given(request, content, {part.id for _, part in allowed})
                await keep(session, RecordingFiles(state.settings.data_dir), given, request.user, moment)
        except (RecordingRefused, NotARecording) as error:
            return refused(request, HERE, str(error))
        return done(request, HERE, f"Đã lưu bản ghi tiếng {given.language}. Người dân thấy nút “Nghe” từ bây giờ.")

    @post("/{key:str}/remove", permission=Permission.KEEP_RECORDINGS)
    async def take_out(self, request: Asked, state: State, key: str) -> Response[Any]:
        """No longer offer the recording."""
        async with unit_of_work(state.engine) as session:
            recording = await session.get(Recording, key)
            if recording is None or not _may_remove(request.user, recording):
                raise NotFoundException
            await remove(session, RecordingFiles(state.settings.data_dir), recording)
        return done(request, HERE, "Đã bỏ bản ghi.")


async def _given(request: Asked, content: bytes, allowed: set[int]) -> Given:
    what, _, name = (await typed(request, "words")).partition(":")
    section_id = int(name) if what == "section" and name.isdigit() and int(name) in allowed else None
    if section_id is None and what != "answer":
        raise RecordingRefused("Hãy chọn câu trả lời hoặc mục quy ước được đọc.")
    try:
        day = date.fromisoformat(await typed(request, "recorded_on"))
    except ValueError as error:
        raise RecordingRefused("Hãy ghi ngày ghi âm.") from error
    answer_id = name if what == "answer" else None
    return Given(content, await typed(request, "language"), await typed(request, "speaker"), day, answer_id, section_id)


async def _lines(session: AsyncSession, official: Official) -> list[Line]:
    recordings = await session.scalars(select(Recording).order_by(Recording.uploaded_at.desc()).limit(500))
    return [
        Line(
            recording,
            await _title(session, recording),
            await is_outdated(session, recording),
            ADDRESS.format(key=recording.key),
            _may_remove(official, recording),
        )
        for recording in recordings
    ]


async def _title(session: AsyncSession, recording: Recording) -> str:
    if recording.answer_id:
        answer = await session.get(AnswerRow, recording.answer_id)
        return answer.title if answer else recording.answer_id
    section = await session.get_one(ConventionSection, recording.section_id)
    return f"Quy ước, mục “{section.heading}”"


async def _answers(session: AsyncSession) -> list[AnswerRow]:
    return list(await session.scalars(select(AnswerRow).order_by(AnswerRow.topic, AnswerRow.title)))


async def _sections(session: AsyncSession, official: Official, today: date) -> list[tuple[str, ConventionSection]]:
    """The sections in force of the villages this official looks after, each with its village's name."""
    found = []
    for place in await readable_villages(session, official):
        held = await in_force(session, place.village.slug, today) if place.village else None
        found += [(place.label, part) for part in await sections(session, held)] if held else []
    return found


def _may_remove(official: Official, recording: Recording) -> bool:
    return of_whole_province(official.role) or recording.office_id == official.office_id
