"""What a case is about (lĩnh vực), and the words people name it by. Standard library only."""

import re
from collections.abc import Callable

FIELDS = {
    "land": "đất đai",
    "roads": "giao thông, cầu đường",
    "environment": "môi trường",
    "welfare": "chính sách xã hội",
    "finances": "công khai tài chính",
    "convention": "hương ước, quy ước",
    "procedures": "tiếp dân, thủ tục",
    "officials": "cán bộ, công vụ",
    "utilities": "nước, điện",
    "education_health": "giáo dục, y tế",
    "security": "an ninh trật tự",
    "other": "việc khác",
}

WORDS = {
    "roads": (
        "duong|duong vao|duong lien|duong be tong|cau treo|cau|o ga|cong thoat|ngap duong|lay loi|tai lun|"
        "bien bao|den duong|sat taluy"
    ),
    "land": (
        "dat|ruong|nuong|so do|giay chung nhan|ranh gioi|lan chiem|thu hoi|boi thuong|giai phong mat bang|dia chinh"
    ),
    "environment": (
        "rac|bai rac|mui hoi|hoi thoi|khoi|bui|nuoc thai|chuong lon|chuong trau|o nhiem|xa thai|xac|"
        "thuoc sau|on ao|tieng on"
    ),
    "welfare": (
        "ho ngheo|can ngheo|tro cap|ho tro|bao tro|nguoi co cong|thuong binh|bao hiem|che do|danh sach ngheo|"
        "nha tinh nghia|qua tet|gao cuu tro"
    ),
    "finances": "thu chi|dong gop|quy|tien quy|khoan thu|quyet toan|cong khai tien|thu tien|hoa don|ngan sach",
    "convention": "huong uoc|quy uoc|le lang",
    "procedures": (
        "thu tuc|giay to|ho so|mot cua|hen|tra ket qua|khai sinh|ket hon|chung thuc|sai ten|cham giay|"
        "tiep dan|lich tiep"
    ),
    "officials": (
        "can bo|thai do|hach sach|quat|nat|hon lao|cham tre|vo trach nhiem|truong ban|truong thon|chu tich|"
        "cong chuc|di muon|bo truc"
    ),
    "utilities": (
        "nuoc sinh hoat|mat nuoc|nuoc sach|be nuoc|duong ong|mat dien|dien|cot dien|day dien|tram bien ap|"
        "cap dien|cong to"
    ),
    "education_health": (
        "truong hoc|lop hoc|giao vien|hoc phi|diem truong|tram y te|bac si|thuoc|tiem|mam non|ban tru|hoc sinh"
    ),
    "security": "trom|danh bac|ma tuy|nghien|danh nhau|mat trat tu|say ruou|gay roi|karaoke|cho dua|mat cap|tha rong",
}
_VAGUE = frozenset("duong cau dat dien thuoc quy".split())
"""Words that many reports use in passing: “rác đầy đường” is about rubbish."""


def _weight(phrase: str) -> float:
    return 0.5 if phrase in _VAGUE else len(phrase.split())


_PATTERNS = {
    name: [(re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"), _weight(word)) for word in words.split("|")]
    for name, words in WORDS.items()
}


def read(said: str, fold: Callable[[str], str]) -> str | None:
    """The field somebody names, by its label or by its words; None when nothing names any."""
    folded = fold(said)
    for name, label in FIELDS.items():
        if any(part in folded for part in fold(label).split(", ")):
            return name
    weights = {name: sum(weight for word, weight in _PATTERNS[name] if word.search(folded)) for name in _PATTERNS}
    best = max(weights, key=lambda name: weights[name])
    return best if weights[best] > 0 else None
