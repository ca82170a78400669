"""What a resident reads before sending: that others, or they themselves, have reported the same."""

from typing import Any

from bot.cases.similar import Alike
from bot.cases.states import STATES


def told_alike(found: Alike) -> dict[str, Any] | None:
    """The payload; None where nothing is like it, or too little to tell."""
    lines = [f"• {o.code}: {o.title}, {o.place}. {o.state}." for o in found.offers]
    parts = [
        *(f"Bác đã có phiếu {case.code} về việc tương tự: {STATES[case.state].resident}." for case in found.own[:1]),
        *(["Việc này đã có người báo và đồng ý công khai:", *lines] if lines else []),
        *([f"Xã đã nhận {found.count} phiếu về việc tương tự."] if found.count else []),
    ]
    if not parts:
        return None
    parts.append("Bác theo dõi phiếu đã có cũng được, hoặc cứ gửi phiếu của mình." if lines else "Bác vẫn gửi được.")
    buttons = [
        {"label": f"Theo dõi {o.code}", "intent": "follow_case", "entities": {"case_code": o.code}}
        for o in found.offers
    ]
    return {"kind": "notice", "text": "\n".join(parts), "buttons": buttons}
