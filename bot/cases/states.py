"""The states a case can be in and how it can end, each with its labels: for officials and for residents."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """One state: its labels, and whether somebody still owes work in it."""

    name: str
    official: str
    resident: str
    open: bool


STATES = {
    s.name: s
    for s in (
        State("new", "Mới gửi", "Đã ghi nhận, chờ đơn vị tiếp nhận", True),
        State("received", "Đã tiếp nhận", "Đơn vị đã tiếp nhận", True),
        State("in_progress", "Đang xử lý", "Đơn vị đang xử lý", True),
        State("waiting_for_resident", "Chờ người dân bổ sung", "Đang chờ bác bổ sung", True),
        State("transferred", "Đã chuyển, chờ nơi nhận", "Đang chuyển sang đơn vị khác", True),
        State("answered", "Đã trả lời", "Đã trả lời", False),
        State("closed", "Đã kết thúc", "Đã kết thúc", False),
        State("withdrawn", "Người dân đã rút", "Bác đã rút", False),
        State("merged", "Đã gộp", "Đã gộp với phiếu khác cùng việc", False),
    )
}
OPEN = frozenset(name for name, state in STATES.items() if state.open)

OUTCOMES = {
    "resolved": "Đã giải quyết",
    "partly_resolved": "Giải quyết một phần",
    "explained": "Đã giải thích",
    "not_within_authority": "Không thuộc thẩm quyền",
    "duplicate": "Trùng với phiếu khác",
    "declined": "Không giải quyết (có lý do)",
    "withdrawn": "Người dân rút",
}
GIVEN = tuple(name for name in OUTCOMES if name not in ("duplicate", "withdrawn"))
"""The outcomes of an answer; a duplicate comes of merging, withdrawing is the resident's."""
RESOLVED = frozenset({"resolved"})
"""What alone counts as resolved."""
