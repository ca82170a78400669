"""From bytes that came to what may be shown: looked at by content, pictures in a process of their own."""

import asyncio
import json
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.media.cleaning import cleaned
from bot.media.kinds import PHOTO, Type
from bot.media.sniffing import sniffed
from bot.settings import PROJECT

PATIENCE_SECONDS = 40.0


class Unfit(Exception):
    """What came cannot be taken; ``reason`` is a key of ``bot.media.sentences.REFUSED``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Prepared:
    """What a file is and the copies to show; ``codes`` are those read from a picture."""

    type: Type
    media_type: str
    shown: bytes
    thumbnail: bytes | None = None
    width: int | None = None
    height: int | None = None
    codes: list[str] = field(default_factory=list)


def typed(content: bytes, name: str, most_bytes: int) -> Type:
    """What it is; ``Unfit`` when it is nothing that is taken."""
    if not content:
        raise Unfit("empty")
    if len(content) > most_bytes:
        raise Unfit("too_large")
    found = sniffed(content, name)
    if found is None:
        raise Unfit("kind")
    return found


async def prepare(content: bytes, name: str, most_bytes: int) -> Prepared:
    """The copies to show of what came; ``Unfit``."""
    found = typed(content, name, most_bytes)
    if found.kind == PHOTO:
        return await _picture(content, found)
    return Prepared(found, found.media_type, cleaned(content, found.media_type))


async def _picture(content: bytes, found: Type) -> Prepared:
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        original, shown, thumbnail = (Path(folder) / name for name in ("original", "shown", "thumbnail"))
        await asyncio.to_thread(original.write_bytes, content)
        told = await _drawn(original, shown, thumbnail)
        if "reason" in told:
            raise Unfit(told["reason"])
        return Prepared(
            type=found,
            media_type="image/jpeg",
            shown=await asyncio.to_thread(shown.read_bytes),
            thumbnail=await asyncio.to_thread(thumbnail.read_bytes),
            width=told["width"],
            height=told["height"],
            codes=told["codes"],
        )


async def _drawn(*paths: Path) -> dict[str, Any]:
    """What the drawing process says; one that died, or took too long, found something broken."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.media.picturing",
        *map(str, paths),
        cwd=PROJECT,
        env={"PATH": os.environ.get("PATH", "")},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            written, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        return {"reason": "broken"}
    if process.returncode != 0:
        return {"reason": "broken"}
    told: dict[str, Any] = json.loads(written)
    return told
