"""What a resident reads when they want something of their own case: one table for each occasion."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from bot.cases.rules import Act
from bot.cases.visibility import LEVELS
from bot.cases.wording import REOPEN_DAYS

Payload = dict[str, Any]
HUMAN = {"label": "Gặp cán bộ", "intent": "talk_to_human"}
STOP = {"label": "Thôi", "intent": "cancel"}
TRACK = {"label": "Phiếu của tôi", "intent": "track_case"}
LABELS = {
    Act.ADD: "Bổ sung",
    Act.WITHDRAW: "Rút phiếu",
    Act.REOPEN: "Chưa được, mở lại",
    Act.RATE: "Đánh giá",
    Act.SHOW_TO: "Đổi người được biết",
    Act.FOLLOW: "Theo dõi việc này",
}
_WISHES = {
    Act.ADD: "bổ sung cho",
    Act.WITHDRAW: "rút",
    Act.REOPEN: "mở lại",
    Act.RATE: "đánh giá",
    Act.SHOW_TO: "đổi người được biết của",
    Act.FOLLOW: "theo dõi",
}
_DONE = {
    Act.ADD: "Tôi đã ghi thêm vào phiếu {code} và báo đơn vị giải quyết.",
    Act.WITHDRAW: "Tôi đã rút phiếu {code} theo ý bác. Sau này cần, bác cứ gửi phiếu mới.",
    Act.REOPEN: "Tôi đã mở lại phiếu {code} và gửi lý do của bác cho đơn vị. Có tin mới tôi báo bác ngay tại đây.",
    Act.RATE: "Tôi đã ghi {answer} sao cho phiếu {code}. Cảm ơn bác đã cho biết.",
    Act.SHOW_TO: "Từ giờ phiếu {code}: {answer}.",
    Act.FOLLOW: "Bác đã theo dõi phiếu {code}. Có tin mới tôi báo bác ngay tại đây; không nêu bác với ai.",
}
_LOW_STARS = "\n\nNếu việc chưa được giải quyết, bác bấm “Chưa được, mở lại” và nói rõ lý do."
ACTS = {
    "add_to_case": Act.ADD,
    "withdraw_case": Act.WITHDRAW,
    "reopen_case": Act.REOPEN,
    "rate_case": Act.RATE,
    "hide_case": Act.SHOW_TO,
    "follow_case": Act.FOLLOW,
}
"""Each wish as the dialogue engine calls it."""
WHICH_CODE: Payload = {"kind": "clarify", "text": "Bác cho tôi mã phiếu, ví dụ XH-…, để tôi tìm.", "buttons": [TRACK]}
UNKNOWN: Payload = {
    "kind": "clarify",
    "text": "Tôi không thấy phiếu nào mang mã ấy. Bác xem lại mã giúp tôi.",
    "buttons": [TRACK, HUMAN],
}


def too_late(code: str) -> Payload:
    """The days for reopening are over."""
    text = (
        f"Phiếu {code} đã quá {REOPEN_DAYS} ngày từ khi có trả lời nên không mở lại được. Bác gửi phiếu mới và nhắc mã "
        f"{code} giúp tôi, đơn vị sẽ xem lại việc cũ."
    )
    return {"kind": "notice", "text": text, "buttons": [{"label": "Gửi phiếu mới", "intent": "send_feedback"}, HUMAN]}


def _add(code: str) -> Payload:
    text = f"Bác nhắn điều cần bổ sung cho phiếu {code}. Gửi ảnh cũng được."
    return {"kind": "ask", "text": text, "buttons": [STOP]}


def _withdraw(code: str) -> Payload:
    text = f"Bác chắc muốn rút phiếu {code}? Rút rồi thì đơn vị không giải quyết phiếu này nữa."
    return {"kind": "ask", "text": text, "buttons": [{"label": "Đồng ý rút", "intent": "affirm"}, STOP]}


def _reopen(code: str) -> Payload:
    text = f"Bác cho biết vì sao cần mở lại phiếu {code}: chỗ nào chưa được, chưa đúng?"
    return {"kind": "ask", "text": text, "buttons": [STOP]}


def _rate(code: str) -> Payload:
    stars = [{"label": f"{n} sao", "intent": "inform", "entities": {"stars": str(n)}} for n in range(5, 0, -1)]
    text = f"Bác hài lòng với cách giải quyết phiếu {code} đến đâu? 5 sao là rất hài lòng, 1 sao là không hài lòng."
    return {"kind": "ask", "text": text, "buttons": stars}


def _show_to(code: str) -> Payload:
    levels = "\n".join(f"{number}. {label[0].upper()}{label[1:]}" for number, label in enumerate(LEVELS.values(), 1))
    buttons = [
        {"label": label, "intent": "inform", "entities": {"visibility": level}}
        for level, label in zip(LEVELS, ("Không ai biết tôi", "Chỉ cán bộ", "Công khai được"), strict=True)
    ]
    return {"kind": "ask", "text": f"Bác muốn ai được biết phiếu {code}?\n{levels}", "buttons": [*buttons, STOP]}


QUESTIONS: dict[Act, Callable[[str], Payload]] = {
    Act.ADD: _add,
    Act.WITHDRAW: _withdraw,
    Act.REOPEN: _reopen,
    Act.RATE: _rate,
    Act.SHOW_TO: _show_to,
}


def done(act: Act, code: str, answer: str) -> Payload:
    """What was done; one or two stars are asked no questions, but shown the way."""
    shown = LEVELS.get(answer, answer)
    low = act is Act.RATE and answer in ("1", "2")
    text = _DONE[act].format(code=code, answer=shown) + (_LOW_STARS if low else "")
    reopen = {"label": LABELS[Act.REOPEN], "intent": "reopen_case", "entities": {"case_code": code}}
    return {"kind": "status", "text": text, "buttons": [reopen, TRACK] if low else [TRACK]}


def which(act: Act, cases: Sequence[tuple[str, str]]) -> Payload:
    """Several cases would do: which one."""
    intent = next(name for name, known in ACTS.items() if known is act)
    buttons = [
        {"label": f"{code}: {text[:40]}", "intent": intent, "entities": {"case_code": code}} for code, text in cases[:4]
    ]
    return {"kind": "clarify", "text": f"Bác muốn {_WISHES[act]} phiếu nào?", "buttons": buttons}


def none_open(act: Act) -> Payload:
    """None of the resident's cases is open to the step."""
    text = (
        f"Bác chưa có phiếu nào {_WISHES[act]} được lúc này. Phiếu gửi từ nơi khác thì bác nhắn kèm mã phiếu giúp tôi."
    )
    return {"kind": "clarify", "text": text, "buttons": [TRACK, HUMAN]}


def not_open(act: Act, code: str) -> Payload:
    """Not open to this case, or the case is not theirs: the same words for both, so that nothing is told."""
    text = (
        f"Tôi chưa {_WISHES[act]} phiếu {code} cho bác được: phiếu không ở bước ấy, hoặc không phải phiếu gửi từ đây."
    )
    return {"kind": "notice", "text": text, "buttons": [TRACK, HUMAN]}


_REASON = re.compile(r"(?:\bvi\b|\btai\b|\bdo\b|:|,)\s*(.+)$", re.DOTALL)


def reason_in(said: str, fold: Callable[[str], str]) -> str | None:
    """What follows “vì …”, “: …” in “mở lại phiếu XH-… vì đường lại lún”; None when nothing does."""
    found = _REASON.search(fold(said))
    told = said[found.start(1) :].strip() if found else ""
    return told if len(told.split()) >= 3 else None
