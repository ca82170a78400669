"""What an official puts right about a case: its field (kept for teaching), its kind, a title that names nobody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.changes import Change, change
from bot.cases.fields import FIELDS
from bot.cases.models import Case
from bot.cases.routing.service import keep_correction
from bot.cases.rules import Act, NotAllowed, Step
from bot.officials.models import Official

KINDS = {"question": "câu hỏi", "recommendation": "phản ánh, kiến nghị"}
LONGEST_TITLE = 100
_LABELS = {"field": "Lĩnh vực", "kind": "Loại", "title": "Tên gọi"}


@dataclass(frozen=True)
class Correction:
    """What is to be different; None where nothing."""

    field: str | None = None
    kind: str | None = None
    title: str | None = None


async def correct(
    session: AsyncSession, case: Case, asked: Correction, doer: Official, at: datetime, *, seen: int | None = None
) -> Change:
    """Put it right, in the history too. ``NotAllowed`` for a field or kind that is none, or where nothing differs."""
    new = {name: value for name, value in vars(asked).items() if value and value != getattr(case, name)}
    _refuse(new)

    def put(case: Case) -> None:
        for name, value in new.items():
            setattr(case, name, value)

    words = "; ".join(f"{_LABELS[name]}: {_spoken(name, value)}" for name, value in new.items())
    done = await change(session, case, Step(Act.CORRECT, text=words), doer, at, seen=seen, effect=put)
    if "field" in new:
        await keep_correction(session, case, at)
    return done


def _refuse(new: dict[str, str]) -> None:
    if not new:
        raise NotAllowed("nothing to correct", "correction")
    fits = {"field": new.get("field", "other") in FIELDS, "kind": new.get("kind", "question") in KINDS}
    fits["title"] = len(new.get("title", "")) <= LONGEST_TITLE
    for name, good in fits.items():
        if not good:
            raise NotAllowed(f"no such {name}", name)


def _spoken(name: str, value: str) -> str:
    return {"field": FIELDS, "kind": KINDS}.get(name, {}).get(value, value)
