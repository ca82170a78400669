"""What residents are told when their case moves: one sentence per act and per outcome. Standard library only.

Nobody is congratulated on a refusal, and only “resolved” says that something was done.
"""

from dataclasses import dataclass

from bot.cases.reasons import LABELS
from bot.cases.rules import Act
from bot.cases.states import OUTCOMES, STATES

REOPEN_DAYS = 10
REOPENING = (
    f"Nếu bác thấy chưa đúng thực tế, trong {REOPEN_DAYS} ngày bác nhắn “mở lại phiếu {{code}}” và nói rõ chỗ nào chưa "
    "được."
)


@dataclass(frozen=True)
class Told:
    """What the sentences are filled with; whoever tells fills in the reader's code and the ``office`` in charge now."""

    code: str = ""
    office: str = ""
    to_office: str = ""
    from_office: str = ""
    text: str = ""
    reason: str | None = None
    competent: str = ""
    outcome: str | None = None


ANSWERS = {
    "resolved": "{office} báo đã giải quyết xong việc bác gửi ở phiếu {code}.",
    "partly_resolved": "{office} báo mới giải quyết được một phần việc bác gửi ở phiếu {code}.",
    "explained": "{office} đã trả lời phiếu {code} của bác.",
    "not_within_authority": (
        "{office} trả lời phiếu {code}: việc này không thuộc thẩm quyền của đơn vị ({reason}). Nơi có thẩm quyền: "
        "{competent}."
    ),
    "declined": "{office} trả lời phiếu {code}: đơn vị không giải quyết theo yêu cầu của bác. Lý do: {reason}.",
}
NEWS = {
    Act.RECEIVE: "{office} đã tiếp nhận phiếu {code} của bác.",
    Act.START: "{office} đã bắt đầu xử lý phiếu {code} của bác.",
    Act.ASK: (
        "{office} cần bác cho biết thêm để giải quyết phiếu {code}. Bác trả lời ngay tại đây, kèm mã phiếu giúp tôi."
    ),
    Act.RESUME: "{office} tiếp tục xử lý phiếu {code} của bác.",
    Act.CLOSE: "Phiếu {code} của bác đã kết thúc.",
    Act.TRANSFER: (
        "{office} đang chuyển phiếu {code} của bác sang {to_office} (lý do: {reason}). Đến khi bên ấy nhận, {office} "
        "vẫn chịu trách nhiệm trả lời bác."
    ),
    Act.ACCEPT: "{office} đã nhận phiếu {code} của bác từ {from_office}; từ nay đây là nơi giải quyết.",
    Act.RETURN: "{from_office} chưa nhận phiếu {code} của bác (lý do: {reason}). Nơi giải quyết vẫn là {office}.",
    Act.ASSIGN_OFFICE: "Phiếu {code} của bác được giao cho {office}; từ nay đây là nơi giải quyết.",
    Act.MERGE: (
        "Phiếu {code} của bác được gộp với phiếu khác về cùng một việc, để giải quyết một lần. Bác vẫn xem được bằng "
        "mã {code}, và có tin gì tôi báo bác ngay tại đây."
    ),
    Act.REOPEN: "Phiếu {code} được mở lại để {office} giải quyết tiếp.",
}
DISPUTED = (
    "Các đơn vị chưa thống nhất nơi giải quyết phiếu {code} của bác ({from_office} báo: {reason}). {office} là đầu mối "
    "của tỉnh, đang giữ phiếu và sẽ giao nơi giải quyết."
)
"""A second return."""
FOLLOWED = "Việc bác theo dõi (phiếu {code}): {label}."
WORDS = "{office} viết:\n{text}"


def news(act: Act, told: Told) -> str:
    """What a sender of the case is told of the act; the office's own words below, where there are any."""
    if act == Act.RETURN and not told.to_office:
        sentence = DISPUTED
    else:
        sentence = ANSWERS[told.outcome or ""] if act == Act.ANSWER else NEWS[act]
    parts = [_filled(sentence, told)]
    if told.text:
        parts.append(_filled(WORDS, told))
    if act == Act.ANSWER:
        parts.append(_filled(REOPENING, told))
    return "\n\n".join(parts)


def followed(code: str, state: str, outcome: str | None) -> str:
    """What somebody is told who follows a public case: how it stands, none of the words."""
    label = STATES[state].resident if state != "withdrawn" else "người gửi đã rút"
    return FOLLOWED.format(
        code=code, label=f"{label}. Kết quả: {OUTCOMES[outcome]}" if state == "answered" and outcome else label
    )


def _filled(sentence: str, told: Told) -> str:
    values = vars(told) | {"reason": LABELS.get(told.reason or "", "")}
    return sentence.format(**values)
