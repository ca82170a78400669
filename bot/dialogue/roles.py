"""Offices and posts a resident may name, each with one normalised value."""

from bot.dialogue.loose import loose

_TAKEN = "hồi|đất|tiền|giữ|phí|thuế|quỹ|gì|nhà|ruộng|thêm|của|mất|lúa|xe|hàng|sai|oan|sổ|thẻ|nhiều|hai|ba|bốn|năm|[0-9]"
"""What is taken from someone: “bi thu dat” is “bị thu đất”."""

_PHRASES = {
    "pho_chu_tich": "phó chủ tịch|pct|pctx",
    "chu_tich": "chủ tịch|ctx|ct(?= (?:xã|phường|ubnd))",
    "pho_bi_thu": "phó bí thư",
    "bi_thu": f"bí thư(?! (?:{_TAKEN}))|bt(?= (?:xã|đảng))",
    "truong_thon": "(?:phó )?trưởng (?:thôn|bản|ấp|xóm|buôn|làng|khu phố)|tổ trưởng(?: tổ)?(?: dân phố)?",
    "cong_an": "công an(?! (?:việc|uống))",
    "mat_tran": "mặt trận(?: tổ quốc)?|mttq",
    "hoi_dong_nhan_dan": "hội đồng nhân dân|hđnd|hdnd",
    "dai_bieu": "đại biểu(?: quốc hội| hội đồng nhân dân| hđnd)?",
    "thanh_tra_nhan_dan": "(?:ban )?thanh tra nhân dân",
    "dia_chinh": "(?:cán bộ |công chức )?địa chính",
    "tu_phap": "(?:cán bộ |công chức )?(?:tư pháp|hộ tịch)",
    "can_bo": "cán bộ|công chức|cbx",
}

ROLES = {role: loose(pattern) for role, pattern in _PHRASES.items()}
"""Role → pattern; of overlapping matches the longest holds, so “phó chủ tịch” is no “chủ tịch”."""
