"""Shorthand of everyday typing: what a resident's “ko”, “dc”, “ubnd”, “ctx”, “50k” stands for."""

import re
from collections.abc import Sequence

_STANDS_FOR = """
không: k ko kh hok khg hk hông hổng khum khom k0 ko0 kông kô kg hog kog hơm hôk hôg
được: dc đc dk đk duok đx dx đượk đuọc
gì: j gj gi` cgi cj rì
vậy: z v zậy zay dzậy dzay zị vay. zạ
rồi: r rùi ròi rui
với: vs vơi'
cũng: cx cug cũg cg
mới: ms
làm: lm
biết: bik bit bjt bjk bíc bjet
người: ng ngừi ngưi ngk
người ta: ngta nta
mọi người: mn mng
mình: mk mik mìn mjk
nói chuyện: nc nch
nói: ns
như thế nào: ntn nhtn ntnao
thế nào: tn tnao
bao nhiêu: bn bnhiu bnhieu bnh
nhiêu: nhiu
nhiều: nhìu nhju
bao giờ: bh bgio bg
bây giờ: bjo bgiờ bjờ bjio
cán bộ: cb
cảm ơn: tks thanks thank thks camon
đồng ý: ok oke okie okê okla
ừ: u uk uh ukm uhm
nhưng mà: nhma nma nhmà
ví dụ: vd
hôm nay: hn hnay
hôm qua: hqua
ngày mai: nmai
trước: trc trk trcs trướk
trong: trog tr0ng
trưởng: trg trgr
sao: seo
tại sao: tsao ts
làm sao: lsao ls
thôi: thui thuj
muốn: mún mún' mun
luôn: lun
yêu: iu
yêu cầu: yc ycau
anh em: ae
việc: vc vjc
ban quản lý: bql
chủ đầu tư: cđt cdt
chính sách: csach
hộ gia đình: hgđ hgd
báo cáo: bcao
phường: phg
công ty: cty
giáo viên: gv
trách nhiệm: trnhiem
thích: thik thic thíc thjk
vào: zô dô zào zo
vợ: zợ
chưa: chx chwa
đang: đg dg đag
đường: đườg
thời gian: tg thgian
giờ: h jo jờ giò' gjo
tôi: t tuj
em: e
anh: a
chị: c
bạn: b
mày: m
phải: fai fải phãi
gia đình: gđ gd
điện thoại: đt dt đthoai
số điện thoại: sđt sdt sodt
địa chỉ: đ/c dchi
ủy ban nhân dân xã: ubndx
ủy ban nhân dân phường: ubndp
ủy ban: ub
ủy ban xã: ubx
chủ tịch: ct
chủ tịch xã: ctx
chủ tịch phường: ctp
chủ tịch ủy ban nhân dân: ctubnd
phó chủ tịch: pct
phó chủ tịch xã: pctx
cán bộ xã: cbx
bí thư: bthu bthư
khu phố: kp
trưởng thôn: tth
giấy chứng nhận: gcn
giấy phép: gp
khiếu nại tố cáo: kntc knt
hội nghị: hnghi
quyết định: qđ qd
thông báo: tb tbao
văn bản: vb
công văn: cv
lãnh đạo: lđ
nhà nước: nn
hướng dẫn: hd
kiểm tra: ktra kt
hồ sơ: hs hso
kết quả: kq
giải quyết: gq gquyet gquyết
danh sách: ds
pháp luật: pluat pluật
quản lý: qly qlý
đối thoại: đthoai dthoai
tiếp xúc cử tri: txct
thanh tra: ttra
chồng: ck
nhân dân: nd
giám sát: gs
nhiệm vụ: nvu nvụ
kinh phí: kphi kphí
trách nhiệm: tnhiem tnhiệm
chính quyền: cquyen cquyền cq
công khai: ckhai
cơ sở: cs
quyền: wyền qyền
dân: zân zan
gì vậy: jz gìz
không biết: kbiet kbik kbit
không được: kdc kđc kođc kodc
"""

_OFFICIAL = """
ủy ban nhân dân: ubnd
hội đồng nhân dân: hđnd hdnd
mặt trận tổ quốc: mttq
giải phóng mặt bằng: gpmb
quyền sử dụng đất: qsdđ qsdd
giấy chứng nhận quyền sử dụng đất: gcnqsdđ gcnqsdd
căn cước công dân: cccd
bảo hiểm y tế: bhyt
bảo hiểm xã hội: bhxh
nghĩa vụ quân sự: nvqs
thủ tục hành chính: tthc
thanh tra nhân dân: ttnd
giám sát đầu tư của cộng đồng: gsđtcđ gsdtcd
hợp đồng lao động: hđlđ hdld
ngân sách nhà nước: nsnn
nông thôn mới: ntm
chứng minh nhân dân: cmnd cmt cmtnd
người lao động: nlđ nld
tổ dân phố: tdp
"""


def _table(text: str) -> dict[str, str]:
    lines = [line.partition(": ") for line in text.split("\n") if line]
    return {short: words for words, _, shorts in lines for short in shorts.split()}


ABBREVIATIONS = _table(_OFFICIAL)
"""What offices themselves abbreviate, in lower case: it counts in capitals too."""

SHORTHAND = {**_table(_STANDS_FOR), **ABBREVIATIONS}
"""Typed form in lower case → standard words. Where others are meant, the words around it say so (below)."""

_SAID_NO_OF = r"(?:biết|biet|bit|có|co|được|duoc|dc|đc|phải|phai|cho|thấy|thay|ai|hiểu|hieu|chịu|chiu|muốn|muon)?"
"""What “hong” denies; at the end of a sentence it asks. Elsewhere it is “hỏng”, and “hem” an alley."""

_BETWEEN = {
    "bít": (r"k|ko|không|kg|k0|hok|hong|mún|muốn|cho|chưa|ai", "biết"),
    "bn": (r"các|cac|mấy|may|chào|chao", "bạn"),
    "hn": (r"sổ|so|xét|xet|bình|binh|diện|dien|cận", "hộ nghèo"),
    "nc": (
        r"nhà|nha|tiền|tien|mất|mat|điện|dien|mương|muong|cấp|cap|nguồn|nguon|uống|uong|ống|ong|có|co|thiếu",
        "nước",
    ),
    "dt": (r"tiếng|tieng|người|nguoi|bào|bao", "dân tộc"),
    "đt": (r"tiếng|tieng|bào|bao", "dân tộc"),
    "hk": (r"sổ|so|nhập|nhap|tách|tach|khẩu", "hộ khẩu"),
    "ct": (r"xây|xay|thi|giám|giam|sát|sat|các|cac|của|cua", "công trình"),
    "bh": (r"tới|toi|đến|den|lúc", "bây giờ"),
    "tt": (r"làm|lam|nộp|nop", "thủ tục"),
    "bt": (r"gặp|gap|phó|pho|chí|chi", "bí thư"),
    "ca": (r"báo|gặp|gọi|lên|đồn|chú", "công an"),
    "kt": (r"kinh|phát|phat", "kinh tế"),
    "tb": (r"thương|thuong", "thương binh"),
}
"""Shorthand → (words before it, what it stands for after them)."""

_BEFORE = {
    "nd": (r"[0-9]+", "nghị định"),
    "hong": (_SAID_NO_OF, "không"),
    "hem": (_SAID_NO_OF, "không"),
    "bh": (r"y|xã|xa|thất|that|nông|tự", "bảo hiểm"),
    "tt": (r"hành|hanh|cấp|cap|đăng|dang|giấy|giay|xin", "thủ tục"),
    "ca": (r"xã|phường|huyện|tỉnh", "công an"),
    "bt": (r"xã|xa|phường|phuong|đảng|dang|chi|huyện|thôn|bản", "bí thư"),
    "nc": (r"mình|minh|mk|ta|sạch|sach|máy|may|sinh|thải|thai|tưới|tuoi|uống|uong", "nước"),
    "bít": (r"hết|gì|k|ko|không|kg|đâu|đc|được|j|ai|là", "biết"),
    "trg": (r"đó|này|nhà|nha|bao|vòng|vong|ngày|ngay|tháng|thang|năm|nam|khi|tuần|tuan|lúc|xã", "trong"),
    "p": (r"k|ko|không|khong|kh|hong|hok", "phải"),
    "tr": (r"đồng|dong", "triệu"),
    "đk": (r"kết|ket|khai|tạm|tam|xe|hộ|ho|kinh|đất|dat", "đăng ký"),
    "dk": (r"kết|ket|khai|tạm|tam|xe|hộ|kinh|đất", "đăng ký"),
    "hd": (r"lao|thuê|thue|mua", "hợp đồng"),
}
"""Shorthand → (words after it, what it stands for before them)."""

_AFTER = {short: (re.compile(pattern), words) for short, (pattern, words) in _BETWEEN.items()}
_AHEAD = {short: (re.compile(pattern), words) for short, (pattern, words) in _BEFORE.items()}
_NEVER_ALONE = frozenset("abceghmptx")
"""A letter that is a whole answer, “b” after a list, is that letter."""
_AMOUNT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)(k|tr|trđ|trd|ng|ngđ|đ|d|h|tỷ|tỉ)([0-9]*)")
_UNITS = {"k": "nghìn", "ng": "nghìn", "ngđ": "nghìn", "tr": "triệu", "trđ": "triệu", "trd": "triệu", "đ": "đồng",
          "d": "đồng", "h": "giờ", "tỷ": "tỷ", "tỉ": "tỷ"}  # fmt: skip


def expanded(typed: Sequence[str], index: int) -> str | None:
    """What the word there stands for among these words as typed; None where it is none.

    One capital within small letters is a name or a heading: “tổ A”, “KT-XH”.
    """
    word = typed[index]
    low = word.lower()
    if low[0].isdigit():
        return _amount(low)
    if word.isupper() and not all(other.isupper() for other in typed):
        return ABBREVIATIONS.get(low)
    if len(typed) == 1 and low in _NEVER_ALONE:
        return None
    before = typed[index - 1].lower() if index else ""
    after = typed[index + 1].lower() if index + 1 < len(typed) else ""
    if before.isdigit() and low in _UNITS and low != "d":
        return _UNITS[low]
    if not after and low in "ac":
        return None
    for table, neighbour in ((_AFTER, before), (_AHEAD, after)):
        if low in table and table[low][0].fullmatch(neighbour):
            return table[low][1]
    return SHORTHAND.get(low)


def _amount(low: str) -> str | None:
    found = _AMOUNT.fullmatch(low)
    return f"{found[1]} {_UNITS[found[2]]} {found[3]}".strip() if found else None
