"""Recordings of answers and of sections of conventions, read aloud by people for those who hardly read."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.officials.models import Official
from knowledge_base.audio import kind_of
from knowledge_base.models import AnswerRow, ConventionSection, Recording
from knowledge_base.recording_files import RecordingFiles

LANGUAGES = tuple(
    "Kinh,Mông,Thái,Dao,Tày,Nùng,Mường,Giáy,Hà Nhì,La Hủ,Lự,Khơ Mú,Mảng,Si La,Cống,Lào,Kháng,La Ha,Xinh Mun,Lô Lô,Bố Y,"
    "Pà Thẻn,La Chí,Cơ Lao,Pu Péo,Phù Lá,Sán Chay,Sán Dìu,Thổ,Chứt,Bru Vân Kiều,Tà Ôi,Cơ Tu,Giẻ Triêng,Xơ Đăng,Co,Hrê,"
    "Ba Na,Gia Rai,Ê Đê,Mnông,Cơ Ho,Mạ,Xtiêng,Chơ Ro,Raglai,Chu Ru,Chăm,Khmer,Hoa".split(",")
)
"""Languages of the peoples of Việt Nam, as a button names them: “Nghe tiếng Mông”."""
ADDRESS = "/recordings/{key}"
LONGEST_SPEAKER = 80


class RecordingRefused(ValueError):
    """The recording cannot be kept; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Given:
    """What an office uploads: of which answer or section, in which language, who reads, when."""

    content: bytes
    language: str
    speaker: str
    recorded_on: date
    answer_id: str | None = None
    section_id: int | None = None


async def keep(
    session: AsyncSession, files: RecordingFiles, given: Given, official: Official, at: datetime
) -> Recording:
    """Keep the recording; ``RecordingRefused`` or ``audio.NotARecording``."""
    speaker = given.speaker.strip()
    if given.language not in LANGUAGES:
        raise RecordingRefused("Hãy chọn tiếng trong danh sách.")
    if not speaker or len(speaker) > LONGEST_SPEAKER:
        raise RecordingRefused(f"Cần ghi ai đọc (chức danh hoặc tên, tối đa {LONGEST_SPEAKER} ký tự).")
    if given.recorded_on > at.date():
        raise RecordingRefused("Ngày ghi âm không được ở tương lai.")
    words = await _words(session, given.answer_id, given.section_id)
    if words is None:
        raise RecordingRefused("Câu trả lời hoặc mục quy ước này không còn nữa.")
    media_type, seconds = kind_of(given.content)
    recording = Recording(
        key=secrets.token_urlsafe(24),
        answer_id=given.answer_id,
        section_id=given.section_id,
        text_hash=_hash(words),
        language=given.language,
        speaker=speaker,
        recorded_on=given.recorded_on,
        content_hash=files.keep(given.content),
        media_type=media_type,
        size=len(given.content),
        seconds=seconds,
        office_id=official.office_id,
        uploaded_by=official.id,
        uploaded_at=at,
    )
    session.add(recording)
    await session.flush()
    return recording


async def remove(session: AsyncSession, files: RecordingFiles, recording: Recording) -> None:
    """Take the recording out; its content too, unless another one has the same."""
    await session.execute(delete(Recording).where(Recording.key == recording.key))
    same = select(func.count()).where(Recording.content_hash == recording.content_hash)
    if not await session.scalar(same):
        files.remove(recording.content_hash)


async def recording_with(session: AsyncSession, key: str) -> Recording | None:
    """The recording of that address."""
    return await session.get(Recording, key)


async def offered(
    session: AsyncSession, answer_id: str | None = None, section_id: int | None = None
) -> Sequence[Recording]:
    """The newest recording in each language of the words as they are now, in the order of ``LANGUAGES``."""
    words = await _words(session, answer_id, section_id)
    if words is None:
        return []
    of_it = Recording.answer_id == answer_id if answer_id else Recording.section_id == section_id
    query = select(Recording).where(of_it, Recording.text_hash == _hash(words)).order_by(Recording.uploaded_at)
    newest = {recording.language: recording for recording in await session.scalars(query)}
    return [newest[language] for language in LANGUAGES if language in newest]


async def is_outdated(session: AsyncSession, recording: Recording) -> bool:
    """Whether the words have changed, or are gone, since they were read aloud."""
    words = await _words(session, recording.answer_id, recording.section_id)
    return words is None or _hash(words) != recording.text_hash


def listen_buttons(recordings: Sequence[Recording]) -> list[dict[str, Any]]:
    """A button of a reply for each recording: “Nghe tiếng Mông”."""
    return [
        {"label": f"Nghe tiếng {recording.language}", "intent": "listen", "entities": {"recording": recording.key}}
        for recording in recordings
    ]


def voice_payload(recording: Recording, public_url: str) -> dict[str, Any]:
    """The recording as a reply: ``voice`` is ``{url, language, speaker, date, seconds}``."""
    day = recording.recorded_on
    read = f"Tiếng {recording.language}, {recording.speaker} đọc, ghi ngày {day.day}/{day.month}/{day.year}."
    voice = {
        "url": public_url.rstrip("/") + ADDRESS.format(key=recording.key),
        "language": recording.language,
        "speaker": recording.speaker,
        "date": day.isoformat(),
        "seconds": round(recording.seconds, 1),
    }
    return {"kind": "voice", "text": read, "voice": voice}


async def _words(session: AsyncSession, answer_id: str | None, section_id: int | None) -> str | None:
    """What is read aloud: the words of the answer or section as they are now; None when there is none."""
    if answer_id:
        answer = await session.get(AnswerRow, answer_id)
        return f"{answer.text}\n{answer.more or ''}" if answer else None
    section = await session.get(ConventionSection, section_id) if section_id else None
    return section.text if section else None


def _hash(words: str) -> str:
    return sha256(words.encode()).hexdigest()
