"""The file of one's own data: an address that works for a day, and what is fetched there."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.media.storage import Storage
from bot.privacy.holdings import Holdings, holdings
from bot.privacy.models import DataFile
from bot.privacy.telling import as_data, as_text

VALID = timedelta(hours=24)
TEXT_NAME, DATA_NAME = "du-lieu-cua-toi.txt", "du-lieu-cua-toi.json"
PATH = "/my-data/"


async def address(
    session: AsyncSession, conversation_id: UUID, message_id: int, at: datetime, derive: Callable[[str, str], bytes]
) -> str:
    """The path of the resident's file, good for ``VALID``; the same message gives the same one."""
    secret = derive("data file", f"{conversation_id} {message_id}").hex()
    row = insert(DataFile).values(
        digest=_digest(secret), conversation_id=conversation_id, message_id=message_id, expires_at=at + VALID
    )
    await session.execute(row.on_conflict_do_nothing())
    return f"{PATH}{secret}"


async def fetch(session: AsyncSession, secret: str, kind: str, at: datetime, storage: Storage) -> bytes | None:
    """The file as ``txt`` or ``zip`` with what was sent, made now; None for an address that is none, or no longer."""
    row = await session.get(DataFile, _digest(secret))
    if row is None or row.expires_at <= at or kind not in ("txt", "zip"):
        return None
    held = await holdings(session, row.conversation_id)
    text = as_text(held, at).encode("utf-8-sig")
    if kind == "txt":
        return text
    data = json.dumps(as_data(held, at), ensure_ascii=False, indent=1).encode()
    return _packed({TEXT_NAME: text, DATA_NAME: data, **_sent(held, storage)})


def _sent(held: Holdings, storage: Storage) -> dict[str, bytes]:
    """What the resident sent and officials see, by number and kind."""
    shown = [media for media in held.media if media.shown_key and not media.hidden_as]
    return {
        f"da-gui/{number:03}-{media.name or media.kind}": storage.open(media.shown_key or "")
        for number, media in enumerate(shown, 1)
    }


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _packed(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
