"""Telegram's commands: what its menu shows, and the everyday words that each stands for.

A command never reaches the dialogue engine as such; one that we do not know is read as words.
"""

import re

MENU = {
    "phieu": ("Xem phiếu đã gửi", "phiếu của tôi"),
    "lich": ("Xem lịch hẹn tiếp dân", "lịch hẹn của tôi"),
    "canbo": ("Gặp cán bộ", "tôi muốn gặp cán bộ"),
    "lienket": ("Liên kết Zalo, trang web", "liên kết"),
    "nhantin": ("Nhận tin ở đâu, tắt bớt tin", "nhận tin ở đâu"),
    "dulieu": ("Xem, xóa dữ liệu của tôi", "xem dữ liệu của tôi"),
    "huy": ("Thôi việc đang làm dở", "hủy"),
    "help": ("Hỏi được những gì", "bạn làm được gì"),
}
"""Command: what the menu says, what it means."""
START = "start"
_COMMAND = re.compile(r"^/(\w{1,32})(?:@\w+)?(?:\s+|$)", re.ASCII)


def is_start(text: str) -> bool:
    """Whether the resident only pressed “Start”."""
    found = _COMMAND.match(text)
    return found is not None and found[1].lower() == START and not text[found.end() :].strip()


def words_of(text: str) -> str:
    """The words that a message stands for, commands replaced by their meaning."""
    found = _COMMAND.match(text)
    if not found:
        return text.lstrip("/")
    command, rest = found[1].lower(), text[found.end() :].strip()
    if command == START:
        return rest
    if command in MENU:
        return rest or MENU[command][1]
    return text.lstrip("/")
