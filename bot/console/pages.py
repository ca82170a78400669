"""The frame around every page of the console, and the word said on the next page about what was just done."""

from typing import Any, NamedTuple

from litestar.response import Redirect, Template

from bot.console.access import Asked
from bot.officials.models import Official
from bot.officials.permissions import ROLES, Permission, may


class Section(NamedTuple):
    """An entry of the menu: its name for the pages, its label, where it begins and who sees it."""

    name: str
    label: str
    address: str
    permission: Permission


SECTIONS = (
    Section("talks", "Chờ trả lời", "/console/waiting", Permission.ANSWER_TALKS),
    Section("cases", "Vụ việc", "/console/cases", Permission.SEE_CASES),
    Section("deadlines", "Thời hạn", "/console/deadlines", Permission.SEE_CASES),
    Section("publications", "Công khai", "/console/publications", Permission.SEE_CASES),
    Section("receptions", "Tiếp dân", "/console/receptions", Permission.RUN_RECEPTIONS),
    Section("tally", "Thống kê", "/console/tally", Permission.SEE_TALLY),
    Section("conventions", "Quy ước", "/console/conventions", Permission.KEEP_CONVENTIONS),
    Section("recordings", "Ghi âm", "/console/recordings", Permission.KEEP_RECORDINGS),
    Section("originals", "Tệp gốc", "/console/originals", Permission.OPEN_ORIGINALS),
    Section("routing", "Phân việc", "/console/routing", Permission.KEEP_ROUTES),
    Section("calendar", "Lịch làm việc", "/console/calendar", Permission.KEEP_CALENDAR),
    Section("sealings", "Cất riêng", "/console/sealings", Permission.SEE_SEALINGS),
    Section("channels", "Kênh", "/console/channels", Permission.KEEP_CHANNELS),
)


def page(
    request: Asked, template: str, *, section: str = "", status: int = 200, error: str | None = None, **context: Any
) -> Template:
    """A page in its frame; ``error`` is said at the top, otherwise what ``done`` or ``refused`` left to say."""
    official = request.user
    left = request.session.pop("flash", None)
    frame = {
        "official": official,
        "role_label": ROLES[official.role][0] if official.role in ROLES else official.role,
        "sections": [one for one in SECTIONS if may(official.role, one.permission)],
        "section": section,
        "flash": {"kind": "error", "text": error} if error else left,
    }
    return Template(template, context=frame | context, status_code=status)


def first_section(official: Official) -> str | None:
    """Where the official begins, or None when no section is theirs."""
    return next((one.address for one in SECTIONS if may(official.role, one.permission)), None)


def done(request: Asked, address: str, words: str) -> Redirect:
    """To that page, which says what was done."""
    return _told(request, address, "done", words)


def refused(request: Asked, address: str, words: str) -> Redirect:
    """To that page, which says why it was not done."""
    return _told(request, address, "error", words)


def _told(request: Asked, address: str, kind: str, words: str) -> Redirect:
    request.session["flash"] = {"kind": kind, "text": words}
    return Redirect(address, status_code=303)
