"""What a resident reads about a village's convention; no database."""

from collections.abc import Sequence
from datetime import date

from bot.places.models import Village
from bot.places.sample import MARK
from knowledge_base.models import Convention, ConventionSection

FIRST_VIEW = 600
"""Characters shown before “xem thêm”."""


def told(village: Village, convention: Convention, section: ConventionSection) -> tuple[str, str | None]:
    """The section's words, after which convention it is and who recognised it; what is too long for the first view."""
    opening = f"{source(village, convention)}, mục “{section.heading}”:\n"
    first, rest = _parted(section.text, FIRST_VIEW - len(opening))
    return opening + first, rest


def contents(village: Village, convention: Convention, parts: Sequence[ConventionSection]) -> str:
    """What the convention speaks of, to choose from."""
    return f"{source(village, convention)} gồm {len(parts)} mục. Bác bấm mục muốn xem."


def says_nothing(village: Village, convention: Convention) -> str:
    """That no section of the text we hold was found to speak of what was asked."""
    return f"{source(village, convention)}: tôi không thấy mục nào nói về việc bác hỏi. Bác bấm xem các mục đang có."


def not_held(village: Village, *, sample: bool) -> str:
    """That we do not have the text; never that the village has none."""
    said = (
        f"Tôi chưa có văn bản quy ước của {village.label}. Bác hỏi {head_of(village)} hoặc UBND cấp xã để xem văn bản."
    )
    return (MARK if sample else "") + said


def head_of(village: Village) -> str:
    """Who to ask in the village."""
    return {"bản": "trưởng bản", "tổ dân phố": "tổ trưởng tổ dân phố"}.get(village.kind, "trưởng thôn")


def source(village: Village, convention: Convention) -> str:
    """“Quy ước bản Hon, phiên bản 2 (dân thông qua ngày 16/11/2025, UBND xã Nậm Lúa công nhận ngày 27/11/2025)”."""
    adopted = f"dân thông qua ngày {_day(convention.adopted_on)}, " if convention.adopted_on else ""
    recognised = f"{convention.recognised_by_office} công nhận ngày {_day(convention.recognised_on)}"
    head = MARK if convention.sample else ""
    return f"{head}Quy ước {village.label}, phiên bản {convention.version} ({adopted}{recognised})"


def _parted(text: str, room: int) -> tuple[str, str | None]:
    """What fits, ending with a whole sentence or line, and the rest."""
    if len(text) <= room:
        return text, None
    cut = max(text.rfind(end, 0, room) + len(end) - 1 for end in (". ", ";\n", ".\n", "\n"))
    cut = cut if cut > 0 else text.rfind(" ", 0, room)
    return text[:cut].strip(), text[cut:].strip()


def _day(day: date | None) -> str:
    return f"{day.day}/{day.month}/{day.year}" if day else "chưa rõ"
