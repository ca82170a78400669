"""Kinds of notices and what each is called; residents turn them off and on again one by one."""

KINDS = {
    "case": "tin phiếu",
    "reminder": "nhắc lịch hẹn",
    "change": "tin đổi, hủy lịch hẹn",
    "warning": "tin cảnh báo",
}
