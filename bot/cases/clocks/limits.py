"""How long may what take: the desk's own targets, and what the law says, each with its fact. Rules only.

A limit of the law runs whether the resident is asked for more or not: no fact says that it pauses. “15 ngày” is fifteen
days from the moment of receipt, “05 ngày làm việc” that much working time: never later than any way of counting days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calendars.working_time import Calendar, add, back

WORKING_DAYS, DAYS = "working_days", "days"
TARGET, PROVINCE, HOUSE = "target", "province", "house"
"""Grounds that are no law: the desk's own target, the province's decision, how this channel works."""
EARLY = 5
"""A warning comes when a fifth of the limit is left."""


class LimitRefused(ValueError):
    """The limit cannot be set or used so; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Limit:
    """How much time, and why; ``basis`` is one of the grounds above or a fact's id."""

    measure: str
    amount: int
    unit: str
    basis: str
    pauses: bool = False
    """Whether it stands still while the resident is asked."""

    @property
    def of_law(self) -> bool:
        """Whether a fact of law sets it."""
        return self.basis not in (TARGET, PROVINCE, HOUSE)

    def due(self, start: datetime, calendar: Calendar) -> datetime:
        """When it ends."""
        if self.unit == DAYS:
            return start + timedelta(days=self.amount)
        return add(start, self.amount * calendar.day, calendar)

    def warn(self, due: datetime, calendar: Calendar, earliest: datetime) -> datetime:
        """When its end is near."""
        if self.unit == DAYS:
            return max(due - timedelta(days=self.amount) / EARLY, earliest)
        return back(due, self.amount * calendar.day / EARLY, calendar, earliest)


MEASURES = {
    "first_reply": "Trả lời lần đầu",
    "settlement": "Giải quyết xong",
    "acceptance": "Nhận hoặc trả lại vụ việc được chuyển",
    "passing_on": "Chuyển nơi có thẩm quyền, nếu không phải việc của mình",
    "data_reply": "Trả lời yêu cầu về dữ liệu cá nhân",
    "data_done": "Làm xong yêu cầu về dữ liệu cá nhân",
}
TARGETS = {
    "first_reply": Limit("first_reply", 2, WORKING_DAYS, TARGET, pauses=True),
    "settlement": Limit("settlement", 15, WORKING_DAYS, TARGET, pauses=True),
}
"""Until the province sets its own: they drive the desk and are never told to a resident."""
ACCEPTANCE = Limit("acceptance", 1, WORKING_DAYS, HOUSE)
PASSING_ON = Limit("passing_on", 5, WORKING_DAYS, "PA-08")
BOARDS = {
    "people_inspection": Limit("settlement", 15, DAYS, "GS-12"),
    "investment_supervision": Limit("settlement", 15, DAYS, "GS-22"),
}
"""Recommendations of the commune's two boards: what its People's Committee owes them."""
BOARD_LABELS = {
    "people_inspection": "Ban Thanh tra nhân dân",
    "investment_supervision": "Ban giám sát đầu tư của cộng đồng",
}
DATA_REPLY = Limit("data_reply", 2, WORKING_DAYS, "DL-03")
DATA_DONE = {
    "withdraw": Limit("data_done", 15, DAYS, "DL-04"),
    "withdraw_third_party": Limit("data_done", 20, DAYS, "DL-04"),
    "see": Limit("data_done", 10, DAYS, "DL-05"),
    "erase": Limit("data_done", 20, DAYS, "DL-05"),
}
"""What a resident may ask about their data: withdrawing, restricting or objecting; seeing or correcting; erasing."""
DATA_LABELS = {
    "withdraw": "Rút lại đồng ý, hạn chế, phản đối về dữ liệu cá nhân",
    "withdraw_third_party": "Như trên, khi phải yêu cầu bên thứ ba",
    "see": "Xem, sửa, cung cấp dữ liệu cá nhân",
    "erase": "Xóa dữ liệu cá nhân",
}
DATA_EXTENSION = Limit("data_done", 15, DAYS, "DL-04")
"""At most this much more, once, and only for what DL-04 is about."""
