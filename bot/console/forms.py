"""What an official typed into a form."""

import re
from typing import Any

from litestar import Request

from bot.language import clean


async def typed(request: Request[Any, Any, Any], name: str) -> str:
    """The form's field, cleaned; empty when it is missing or a file."""
    return clean(await raw(request, name))


async def raw(request: Request[Any, Any, Any], name: str) -> str:
    """The form's field as it was typed: for passwords only."""
    value = (await request.form()).get(name)
    return value if isinstance(value, str) else ""


def number(words: str) -> int | None:
    """A count, id or version that a form carries; None for anything else."""
    return int(words) if re.fullmatch("[0-9]{1,9}", words) else None


def fault(words: str, longest: int) -> str | None:
    """Why these words cannot be sent to a resident, or None when they can."""
    if not words:
        return "Chưa có nội dung nào để gửi."
    if len(words) > longest:
        return (
            f"Nội dung dài {len(words)} ký tự; mỗi lần gửi tối đa {longest} ký tự. Hãy rút gọn hoặc gửi làm nhiều lần."
        )
    return None
