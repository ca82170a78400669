"""How the console writes moments and days (as a Vietnamese wall clock and calendar show them), and abusive words."""

from datetime import date, datetime

from litestar.contrib.jinja import JinjaTemplateEngine

from bot.cases.abuse import softened
from bot.clock import local
from bot.language import fold, nfc


def vn_time(moment: datetime) -> str:
    """“14:05 20/11/2026”, local time."""
    return f"{local(moment):%H:%M %d/%m/%Y}"


def vn_date(day: date) -> str:
    """“20/11/2026”; of a moment, the local day."""
    return f"{local(day) if isinstance(day, datetime) else day:%d/%m/%Y}"


def soft(words: str) -> str:
    """The words with dots for most of what is abusive in them: “đ…”."""
    return softened(nfc(words), fold)


def register(engine: JinjaTemplateEngine) -> None:
    """Give the filters to the template engine."""
    engine.engine.filters.update(vn_time=vn_time, vn_date=vn_date, soft=soft)
