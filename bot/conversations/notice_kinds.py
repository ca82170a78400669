"""Kinds of notices: what each is called, and the words by which residents turn one off and on again."""

KINDS = {
    "case": "tin về phiếu",
    "reminder": "nhắc lịch hẹn",
    "change": "tin đổi, hủy lịch hẹn",
    "warning": "tin cảnh báo",
}
