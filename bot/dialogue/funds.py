"""Funds and collections a household is asked to pay into, each with one normalised value."""

from bot.dialogue.loose import loose

_HOME = "thôn|bản|xóm|làng|ấp|buôn|tổ dân phố|tổ|khu phố|khu dân cư|khu"
_PHRASES = {
    "nguoi_ngheo": "(?:quỹ|tiền)(?: ủng hộ)?(?: ngày)? (?:vì )?người nghèo",
    "thien_tai": "(?:quỹ|tiền)(?: ủng hộ)? (?:phòng,? chống )?(?:thiên tai|lụt bão|bão lụt|bão lũ|lũ lụt)|quỹ pctt",
    "den_on_dap_nghia": "(?:quỹ|tiền) (?:đền ơn(?: đáp nghĩa)?|tình nghĩa)",
    "khuyen_hoc": "(?:quỹ|tiền) (?:khuyến học(?: khuyến tài)?|khuyến tài)",
    "an_ninh": "(?:quỹ|tiền) (?:quốc phòng(?: an ninh)?|an ninh(?: trật tự| quốc phòng)?|dân phòng|dân quân)",
    "tre_em": "quỹ (?:bảo trợ |vì |chăm sóc )?trẻ em",
    "nguoi_cao_tuoi": "quỹ (?:chăm sóc |hội )?người cao tuổi",
    "nhan_dao": "quỹ (?:nhân đạo|chữ thập đỏ|từ thiện|tình thương|chất độc da cam)",
    "doan_the": "quỹ (?:hội |chi hội )?(?:nông dân|phụ nữ|cựu chiến binh|đoàn thanh niên|thanh niên|phụ huynh)",
    "duong": "(?:quỹ|tiền) (?:làm |đổ |bê tông |xây |mở )*(?:đường|cầu)(?: bê tông| bản| thôn| xóm)?",
    "nha_van_hoa": "(?:quỹ|tiền) (?:làm |xây |sửa )*nhà (?:văn hóa|văn hoá|cộng đồng|sinh hoạt)",
    "ve_sinh": "(?:quỹ|tiền|phí) (?:vệ sinh(?: môi trường)?|rác|thu gom rác|đổ rác)",
    "nong_thon_moi": "(?:quỹ|tiền)(?: xây dựng)? nông thôn mới",
    "thuy_loi": "(?:quỹ|tiền|phí) (?:thủy lợi(?: nội đồng)?|thuỷ lợi|nạo vét(?: kênh| mương)?|kênh mương)",
    "quy_ban": f"(?:quỹ|tiền quỹ) (?:chung(?: của)? )?(?:{_HOME})",
}

FUNDS = {fund: loose(pattern) for fund, pattern in _PHRASES.items()}
"""Value → pattern. “quỹ đất” and “quỹ tín dụng” are none, and “quy ước”, “quy định” stripped are no “quỹ”."""
