"""What the desk calls the acts of a case, and what it says when one was done or refused."""

from collections.abc import Sequence

from bot.cases.changes import Newer
from bot.cases.rules import Act
from bot.cases.states import STATES
from bot.clock import local

ACTS = {
    "open": "Người dân gửi",
    Act.RECEIVE: "Tiếp nhận",
    Act.START: "Bắt đầu xử lý",
    Act.ASK: "Hỏi thêm người dân",
    Act.RESUME: "Xử lý tiếp",
    Act.ANSWER: "Trả lời",
    Act.CLOSE: "Kết thúc",
    Act.TRANSFER: "Chuyển đơn vị khác",
    Act.ACCEPT: "Nhận vụ việc được chuyển",
    Act.RETURN: "Trả lại nơi chuyển",
    Act.ASSIGN_OFFICE: "Đầu mối tỉnh giao nơi giải quyết",
    Act.ASSIGN_PERSON: "Giao người xử lý",
    Act.MERGE: "Gộp vào vụ việc khác",
    "join": "Gộp thêm phiếu cùng việc",
    Act.NOTE: "Ghi chú nội bộ",
    Act.CORRECT: "Sửa thông tin",
    Act.ADD: "Người dân bổ sung",
    Act.WITHDRAW: "Người dân rút",
    Act.LEAVE: "Thôi nhận tin",
    Act.REOPEN: "Người dân yêu cầu mở lại",
    Act.RATE: "Người dân đánh giá",
    Act.SHOW_TO: "Người dân đổi mức công khai",
    Act.FOLLOW: "Theo dõi vụ việc",
}
DONE = {
    Act.RECEIVE: "đã tiếp nhận",
    Act.START: "bắt đầu xử lý",
    Act.ASK: "chờ người dân bổ sung",
    Act.RESUME: "xử lý tiếp",
    Act.ANSWER: "đã trả lời",
    Act.CLOSE: "đã kết thúc",
}
"""The steps of which the resident is told."""
NOT_NOW = (
    "Bước này không còn hợp lệ với tình trạng hiện tại của vụ việc, có thể vì đồng nghiệp vừa cập nhật. Hãy xem lại."
)
OVERTAKEN = "Vụ việc vừa thay đổi trong lúc bạn đang xem: {changes}. Chưa có gì được gửi đi; hãy xem lại rồi gửi tiếp."
MISSING = {
    "outcome": "Chọn kết quả trước khi gửi trả lời.",
    "reason": "Chọn lý do phù hợp.",
    "competent": "Ghi rõ nơi có thẩm quyền giải quyết.",
    "text": "Chưa có nội dung: hãy ghi rõ rồi gửi lại.",
    "office": "Chọn đơn vị nhận vụ việc, khác đơn vị đang giữ.",
    "person": "Chọn một cán bộ đang làm việc ở đơn vị xử lý vụ việc này.",
    "field": "Chọn một lĩnh vực trong danh sách.",
    "kind": "Chọn câu hỏi, hoặc phản ánh, kiến nghị.",
    "title": "Tên gọi dài quá: tối đa 100 ký tự.",
    "correction": "Chưa có gì khác so với thông tin hiện tại.",
    "other": "Không gộp được vào vụ việc ấy: việc đã kết thúc, hoặc không do đơn vị mình xử lý. Hãy xem lại.",
    "time": "Đã quá một ngày làm việc nên không trả lại được nữa. Hãy nhận, hoặc đề nghị đầu mối của tỉnh giao lại.",
}
"""By the part of a step that is missing or wrong."""


def told(act: str) -> str:
    """What is said after one of those steps."""
    return f"Đã cập nhật: {DONE[Act(act)]}. Người dân được báo trong cuộc trò chuyện." if act in DONE else ""


def act_label(act: str | None, state: str) -> str:
    """The act in words; of a line without one, the state it led to."""
    return ACTS.get(act or "", STATES[state].official)


def changes(newer: Sequence[Newer]) -> str:
    """“Cán bộ tiếp nhận xã Nậm Lúa (UBND xã Nậm Lúa), lúc 9:05: Trả lời”, one after the other."""
    return "; ".join(f"{n.who}, lúc {local(n.at):%H:%M}: {act_label(n.act, n.to_state)}" for n in newer)
