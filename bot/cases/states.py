"""The states of a case, what may follow what, and the two labels of each: for officials and for residents."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """One state: its labels, whether work goes on in it, and what an official may move it to."""

    name: str
    official: str
    resident: str
    open: bool
    next: tuple[str, ...]


STATES = {
    s.name: s
    for s in (
        State("new", "Mới gửi", "Đã ghi nhận, chờ đơn vị tiếp nhận", True, ("received",)),
        State(
            "received", "Đã tiếp nhận", "Đơn vị đã tiếp nhận", True, ("in_progress", "waiting_for_resident", "answered")
        ),
        State("in_progress", "Đang xử lý", "Đơn vị đang xử lý", True, ("waiting_for_resident", "answered")),
        State(
            "waiting_for_resident", "Chờ người dân bổ sung", "Đang chờ bác bổ sung", True, ("in_progress", "answered")
        ),
        State("transferred", "Đã chuyển, chờ nơi nhận", "Đã chuyển sang đơn vị khác", True, ("received",)),
        State("answered", "Đã trả lời", "Đã trả lời", False, ("closed",)),
        State("closed", "Đã kết thúc", "Đã kết thúc", False, ()),
        State("withdrawn", "Người dân đã rút", "Bác đã rút", False, ()),
        State("merged", "Đã gộp", "Đã gộp với phiếu khác cùng việc", False, ()),
    )
}

OUTCOMES = {
    "resolved": "Đã giải quyết",
    "partly_resolved": "Giải quyết một phần",
    "explained": "Đã giải thích",
    "not_within_authority": "Không thuộc thẩm quyền",
    "duplicate": "Trùng với phiếu khác",
    "declined": "Không giải quyết (có lý do)",
    "withdrawn": "Người dân rút",
}


class NotAllowed(ValueError):
    """That state does not follow this one, or the answer lacks its outcome."""


def check_move(current: str, to: str, outcome: str | None) -> None:
    """Raise ``NotAllowed`` unless an official may move a case so; an answer needs a known outcome."""
    if to not in STATES[current].next:
        raise NotAllowed(f"{current} → {to}")
    if (to == "answered") != (outcome is not None) or (outcome is not None and outcome not in OUTCOMES):
        raise NotAllowed(f"outcome {outcome!r} for {to}")
