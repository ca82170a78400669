"""Why a message does not reach a resident, as officials read it."""

BLOCKED = "blocked"
NOT_FOLLOWING = "not_following"
WINDOW_OVER = "window_over"
REFUSES_KIND = "refuses_kind"
INACTIVE = "inactive"
CHANNEL_OFF = "channel_off"
CHANNEL_STOPPED = "channel_stopped"
NO_CONSENT = "no_consent"
CONSENT_ENDED = "consent_ended"
REFUSED = "refused"
TOO_LONG_AGO = "too_long_ago"
PERHAPS_SENT = "perhaps_sent"
BAD_TOKEN = "bad_token"  # noqa: S105 -- a reason
OUT_OF_REACH = "out_of_reach"

SPOKEN = {
    BLOCKED: "Người dân đã chặn kênh này",
    NOT_FOLLOWING: "Người dân đã bỏ quan tâm trang của tỉnh",
    WINDOW_OVER: "Người dân đã lâu không nhắn nên nền tảng chưa cho gửi; sẽ gửi khi người dân nhắn lại",
    REFUSES_KIND: "Người dân không nhận loại tin này",
    INACTIVE: "Tài khoản của người dân ngừng hoạt động",
    CHANNEL_OFF: "Kênh này đang tắt",
    CHANNEL_STOPPED: "Kênh này đang ngừng, chờ quản trị hệ thống",
    NO_CONSENT: "Quản trị viên trang Zalo chưa cho phép kết nối",
    CONSENT_ENDED: "Quyền kết nối trang Zalo đã hết, quản trị viên cần cho phép lại",
    REFUSED: "Nền tảng không nhận nội dung này",
    TOO_LONG_AGO: "Đã thử lại nhiều lần mà nền tảng không nhận",
    BAD_TOKEN: "Nền tảng không nhận mã truy cập của tỉnh, chờ quản trị hệ thống",
    OUT_OF_REACH: "Máy chủ chưa tới được nền tảng này",
    PERHAPS_SENT: "Mất liên lạc đúng lúc gửi: có thể đã tới, có thể chưa",
}
"""Each reason and what an official reads."""
