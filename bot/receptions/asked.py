"""What residents ask about meetings: which kind, held by whom, and whether they want a day or the law.

Rules over folded text (lower case, no diacritics).
"""

import re

RECEPTION, DIALOGUE, VOTER_CONTACT, VILLAGE_MEETING = "reception", "dialogue", "voter_contact", "village_meeting"


def _any(*phrases: str) -> re.Pattern[str]:
    """Any of the phrases, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


_VILLAGE = "ban|thon|xom|to dan pho|khu pho|lang|ap|buon"
_HEAD = "(?:ong |ba |anh |chi |dong chi )?(?:pho )?(?:chu tich|bi thu|lanh dao)"
_KINDS = (
    (
        VOTER_CONTACT,
        _any("tiep xuc(?: voi)? cu tri", "gap(?: go)? cu tri", "(?:dai bieu|dbqh|hdnd|quoc hoi) (?:\\w+ ){0,4}gap dan"),
    ),
    (DIALOGUE, _any("doi thoai")),
    (
        VILLAGE_MEETING,
        _any(f"hop (?:{_VILLAGE}|to|dan)", f"(?:{_VILLAGE}) (?:\\w+ ){{0,2}}hop", "hoi nghi (?:ban|thon)"),
    ),
    (RECEPTION, _any("tiep (?:cong |nhan |nguoi )?dan", "tiep ba con", "gap dan", f"(?:gap|hen) (?:duoc )?{_HEAD}")),
)
_WHEN = _any(
    "(?:hom|ngay|buoi|bua|thu|thang) (?:nao|may|bao nhieu|gi)",
    "ngay bao nhieu",
    "may gio",
    "(?:gio|khi|luc|chung|tuan) nao",
    "bao gio",
    "lich",
    "hom nay",
    "ngay mai",
    "sap toi",
    "gan nhat",
    "lan toi",
)
_LAW = _any(
    "luat|nghi dinh|thong tu|quy dinh|hieu luc|hop le|ky luat",
    "bat buoc|trach nhiem|co quyen|duoc quyen|tu choi|dot xuat|uy quyen|tiep thay|bi phat|xu ly",
    "tu (?:bao gio|khi nao|ngay nao)",
    "bao (?:lau|nhieu (?:ngay|lan|buoi|nguoi|cu tri|ho|phan tram))|may (?:ngay|lan|buoi|nguoi|ho|thang)",
    "ket qua|ket luan|thong bao|cong bo|niem yet|treo|tra loi|bien ban|bieu quyet|hoan|doi lich|yeu cau|kip han",
    "(?:len|cap|(?<!ban )bo|bi thu|chu tich|uy ban) huyen",
    "truoc kia|hoi truoc|ngay truoc|ngoai lich|chua den lich|khong thay lich|(?:co|la) sai|ngay nao cung",
    "(?<!co )phai(?! la ngay)|dung (?:khong|ko|k)|la gi|la sao|the nao la|khac (?:nhau|gi)|co duoc|duoc (?:khong|ko|k)",
    "lam sao biet|bang nao|nhin|cong khai|phan cong|giay moi|ly do|thi xa|thu hoi|phan anh|bo buoi|hang tuan",
    "moi (?:tuan|thang)",
    "xem o dau|o dau|(?:xem|coi) .*cho nao|dat lich|vi sao|tai sao|ai (?:chu tri|to chuc|trieu tap|mo)",
)
_ANOTHER_DIALOGUE = _any(
    "khieu nai|khieu kien|quyet dinh (?:hanh chinh|thu hoi|xu phat)|don cua|lan (?:dau|hai)",
    "lao dong|cong nhan|cong ty|noi lam viec|doanh nghiep|cong doan|giam doc|nha may|xi nghiep|hop tac xa|vien chuc",
    "co quan (?:toi|em|minh)|hoi nghi can bo|truong hoc|nha truong",
)
_PROVINCE = _any(
    "(?:chu tich|bi thu|ubnd|uy ban|uy ban nhan dan|hdnd|hoi dong nhan dan|lanh dao|cap|tru so tiep cong dan|cua)"
    " (?:ubnd |uy ban nhan dan |uy ban |hdnd )?tinh",
    "tinh (?:uy|tiep (?:cong )?dan|doi thoai)",
)
_ROLES = {
    "pho_chu_tich": (_any("pho chu tich"), "phó chủ tịch"),
    "pho_bi_thu": (_any("pho bi thu"), "phó bí thư"),
    "chu_tich": (_any("chu tich"), "chủ tịch"),
    "bi_thu": (_any("bi thu"), "bí thư"),
    "quoc_hoi": (_any("quoc hoi", "dbqh"), "đại biểu Quốc hội"),
    "hoi_dong_nhan_dan": (_any("hoi dong nhan dan", "hdnd"), "HĐND"),
    "mat_tran": (_any("mat tran", "mttq"), "Mặt trận"),
}


def asked_kind(folded: str) -> str | None:
    """The kind of meeting that the words name; None for none, and for a dialogue of another sense.

    “Đối thoại” has three senses in law: of heads with the People, in settling a complaint, at a workplace.
    """
    text = _plain(folded)
    kind = next((kind for kind, pattern in _KINDS if pattern.search(text)), None)
    return None if is_another_dialogue(folded) else kind


def is_another_dialogue(folded: str) -> bool:
    """Whether a dialogue in settling a complaint or at a workplace is meant."""
    return "doi thoai" in folded and bool(_ANOTHER_DIALOGUE.search(_plain(folded)))


def asks_law(folded: str) -> bool:
    """“Một tháng tiếp dân mấy ngày”: what must be, not when it is."""
    return bool(_LAW.search(_plain(folded)))


def asks_when(folded: str) -> bool:
    """“Hôm nào”, “bao giờ”, “lịch”."""
    return bool(_WHEN.search(_plain(folded)))


def asks_province(folded: str) -> bool:
    """Whether the province's own heads are meant."""
    return bool(_PROVINCE.search(_plain(folded)))


def asked_role(folded: str) -> str | None:
    """Whose meeting: “chu_tich”, “bi_thu”, “hoi_dong_nhan_dan”…; a deputy is no chairman."""
    text = _plain(folded)
    return next((role for role, (pattern, _) in _ROLES.items() if pattern.search(text)), None)


def role_named(role: str) -> str:
    """The role as people say it: “bí thư”."""
    return _ROLES[role][1]


def hosted_by(folded_host: str, role: str) -> bool:
    """Whether a host (“chu tich ubnd xa”) is of that role; what the committee holds, its chairman holds."""
    return asked_role(folded_host) == role or (role == "chu_tich" and folded_host.startswith("ubnd"))


def _plain(folded: str) -> str:
    return " ".join(re.sub(r"[^\w/]+", " ", folded).split())
