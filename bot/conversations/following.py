"""Whether a short message goes on about the answer just given: “bao nhiêu ngày”, “thế còn phường thì sao”, “điều mấy”.

Only messages without a subject of their own are taken so: every word belongs to the few that any question may have,
or stands where “còn … thì sao” names another place. What tells of a need or a deed is never among them.
"""

import re
from collections.abc import Sequence
from typing import Literal

Wanted = Literal["source", "more", "question"]

LONGEST = 9
"""Syllables."""
COMMON = frozenset(
    "the con thi sao vay a ha nhi nhe nha bac em toi minh chau anh chi oi da vang u o la ma nay do ay kia cai viec "
    "chuyen day roi nua them hon ro noi ke giai thich tiet cu nhu nao gi ai dau khi bao gio lau nhieu may ngay thang "
    "nam lan tuan tien dong phi mat ton het co khong duoc phai can lam giup cho tu den trong truoc sau bi phat ky gui "
    "nop hoi xem biet neu hay voi va chiu trach nhiem tra loi chu tri duyet nguoi quyet xu ly cach thuc thu tuc giay "
    "gom ket qua thoi han muc toi da it nhat quy dinh luat dieu khoan diem van ban nghi thong can theo nguon trich tai "
    "vi xong bat buoc bang hinh thuc moi vao ra nuoc nha to gap dai rai ky xa thon phuong tinh cong ty co quan ho "
    "dan nguon goc trang so hieu ten mau don".split()
)
_SOURCE = re.compile(
    r"\b(dieu|khoan|diem) (may|nao|bao nhieu|so may)\b|\b(van ban|luat|nghi dinh|thong tu|quy dinh) (nao|gi|so may)\b|"
    r"\b(quy dinh|ghi|noi|nam|trich) (o|tai|trong) (dau|van ban nao|luat nao|dieu nao)\b|\b(can cu|dua) vao (dau|gi)\b|"
    r"\bnguon (o )?dau\b|\bai quy dinh\b"
)
_MORE = re.compile(
    r"\b(noi|giai thich|ke|cho biet|tra loi|cu the) (ro|them|ky|chi tiet|cu the|lai|dai)\b|\b(ro|chi tiet|cu the|ky) "
    r"(hon|them|nua|di)\b|^(the )?(xem|noi|doc) them( nua)?( di)?$|\bcon gi nua\b|\bcon nua khong\b|"
    r"\b(la|nghia la) sao$|\bnghia la (gi|the nao)$"
)
_ELSEWHERE = re.compile(
    r"^(?:the|vay|the thi)?\s*con (?P<other>\w+(?: \w+){0,2}?) thi (?:sao|the nao)\b|"
    r"^(?:the |vay )?con (?P<near>(?:phuong|xa|tinh|ban|thon|to dan pho|cong ty|co quan|truong|benh vien|doanh nghiep)"
    r"(?: (?:toi|minh|em|tui|khac))?)(?: (?:a|thi|ha|nhi|the nao))?$"
)
_ASKS = re.compile(
    r"\b(sao|gi|nao|ai|dau|bao nhieu|bao lau|bao gio|may ngay|may lan|may thang|may nguoi|may dong)\b|"
    r"\b(co|duoc|phai|can|bi)\b.* khong$|^(duoc|phai|can) khong$"
)
_OF_US = re.compile(r"^sao |\b(la ai|ai day|ai do|ai vay|ten gi)$|\b(bac|em|anh|chi|chau) (la|ten)\b|^(cai )?(gi|sao)$")
"""Words to the bot itself, or mere surprise."""


def follow_up(said: Sequence[str]) -> Wanted | None:
    """What folded syllables want of the answer before them; None for a message that stands by itself."""
    line = " ".join(said)
    if not 0 < len(said) <= LONGEST or _OF_US.search(line):
        return None
    if _ELSEWHERE.search(line):
        return "question"
    if not COMMON.issuperset(said):
        return None
    if _SOURCE.search(line):
        return "source"
    if _MORE.search(line):
        return "more"
    return "question" if _ASKS.search(line) else None
