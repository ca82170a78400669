"""Offices and posts a resident may name, each with one normalised value."""

from bot.dialogue.loose import loose

_PHRASES = {
    "pho_chu_tich": "phó chủ tịch",
    "chu_tich": "chủ tịch",
    "pho_bi_thu": "phó bí thư",
    "bi_thu": "bí thư(?! (?:hồi|đất|tiền|giữ|phí|thuế))",
    "truong_thon": "trưởng (?:thôn|bản|ấp|xóm|buôn|làng|khu phố)|tổ trưởng(?: tổ)?(?: dân phố)?",
    "cong_an": "công an(?! (?:việc|uống))",
    "mat_tran": "mặt trận(?: tổ quốc)?|mttq",
    "hoi_dong_nhan_dan": "hội đồng nhân dân|hđnd|hdnd",
    "dai_bieu": "đại biểu(?: quốc hội| hội đồng nhân dân| hđnd)?",
    "thanh_tra_nhan_dan": "(?:ban )?thanh tra nhân dân",
    "dia_chinh": "(?:cán bộ |công chức )?địa chính",
    "tu_phap": "(?:cán bộ |công chức )?(?:tư pháp|hộ tịch)",
    "can_bo": "cán bộ|công chức",
}

ROLES = {role: loose(pattern) for role, pattern in _PHRASES.items()}
"""Role → pattern; of overlapping matches the longest holds, so “phó chủ tịch” is no “chủ tịch”."""
