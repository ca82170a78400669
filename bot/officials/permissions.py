"""Which role may do what; every console page names the permission it needs."""

from enum import StrEnum


class Permission(StrEnum):
    """Something a page or button does."""

    ANSWER_TALKS = "answer_talks"
    SEE_CASES = "see_cases"
    WORK_CASES = "work_cases"
    ASSIGN_OFFICES = "assign_offices"
    """Saying where a case belongs that offices do not agree about."""
    BLOCK_RESIDENTS = "block_residents"
    PUBLISH_ANSWERS = "publish_answers"
    """Agreeing, as a second person, that everybody may read an answer."""
    SEE_TALLY = "see_tally"
    RUN_RECEPTIONS = "run_receptions"
    KEEP_CONVENTIONS = "keep_conventions"
    KEEP_RECORDINGS = "keep_recordings"
    SEE_ATTACHMENTS = "see_attachments"
    """Of the talks and cases that the official sees anyway."""
    OPEN_ORIGINALS = "open_originals"
    SEE_SEALINGS = "see_sealings"
    """That officials sealed something, never what it said."""
    KEEP_ROUTES = "keep_routes"
    """Who takes which field; without ``KEEP_CALENDAR`` in the own commune only."""
    KEEP_CALENDAR = "keep_calendar"
    """Days off, hours and limits of the whole province."""
    KEEP_CHANNELS = "keep_channels"
    """Consent at Zalo, starting a channel that stood still."""


DESK = frozenset({Permission.ANSWER_TALKS, Permission.SEE_CASES, Permission.WORK_CASES, Permission.SEE_ATTACHMENTS})
LOCAL_TEXTS = frozenset({Permission.KEEP_CONVENTIONS, Permission.KEEP_RECORDINGS})
LEADING = frozenset(
    {
        Permission.SEE_TALLY,
        Permission.RUN_RECEPTIONS,
        Permission.BLOCK_RESIDENTS,
        Permission.PUBLISH_ANSWERS,
        Permission.KEEP_ROUTES,
    }
)
SETTING = frozenset({Permission.KEEP_ROUTES, Permission.KEEP_CALENDAR})
COORDINATING = SETTING | {Permission.ASSIGN_OFFICES}
CHECKING = frozenset({Permission.SEE_TALLY, Permission.OPEN_ORIGINALS, Permission.SEE_SEALINGS})


ROLES: dict[str, tuple[str, frozenset[Permission]]] = {
    "commune_staff": ("Cán bộ xã", DESK | LOCAL_TEXTS | {Permission.RUN_RECEPTIONS}),
    "commune_leader": ("Lãnh đạo xã", DESK | LOCAL_TEXTS | LEADING),
    "province_department": ("Sở, ngành tỉnh", DESK),
    "province_coordinator": ("Đầu mối điều phối tỉnh", DESK | LOCAL_TEXTS | LEADING | COORDINATING),
    "front": ("Mặt trận Tổ quốc", frozenset({Permission.SEE_TALLY})),
    "knowledge_editor": ("Biên tập kho trả lời", LOCAL_TEXTS),
    "auditor": ("Kiểm tra, thanh tra nội bộ", CHECKING),
    "administrator": ("Quản trị hệ thống", SETTING | {Permission.KEEP_CHANNELS, Permission.SEE_SEALINGS}),
}


def may(role: str, permission: Permission) -> bool:
    """Whether the role has the permission; an unknown role has none."""
    return role in ROLES and permission in ROLES[role][1]


def of_whole_province(role: str) -> bool:
    """Whether the role looks after the texts of every commune, not only of its own."""
    return role in ("province_coordinator", "knowledge_editor")
