"""Small words that tell what a sentence does whatever it is about: asks, supposes, wishes, objects, accuses, cries.

Folded, each phrase between spaces. They weigh nothing by themselves: the judge learns what each kind is worth.
"""

from typing import Dict, List, Tuple

_KINDS: Dict[str, str] = {
    "asks": (
        "gi|nao|sao|the nao|lam sao|bao nhieu|may|may ngay|bao lau|khi nao|bao gio|ai|dau|o dau|cho hoi|hoi|"
        "phai khong|dung khong|duoc khong|co khong|dung chua|co phai|co duoc|la gi|nhu nao|a|ha|hay la|nhi|"
        "dung a|hay khong"
    ),
    "asks_law": (
        "co phai|co duoc|co quyen|co bat buoc|bat buoc|quy dinh|theo luat|dieu kien|thu tuc|thoi han|"
        "muc phat|giay to gi|nop o dau|gui o dau|can gi|lam the nao|dung luat|dung quy dinh|bi phat|"
        "ho so gom"
    ),
    "wishes": (
        "de nghi|mong|nho|xin|xin xa|nho xa|phan anh|kien nghi|gop y|som|giup|gium|ho|nen|can co|can them|"
        "uoc gi|nhac|nhac nho"
    ),
    "lacks": (
        "chua ai|khong ai|chang ai|mai khong|mai chua|chua thay|khong thay|chua co|hong|thieu|cham|ban|tac|"
        "o nhiem|vo|gay|nut|sut|do|mat nuoc|mat dien|qua|hoi|on|bui|hach dich|quat|mang|thai do|cho ca buoi|"
        "lau qua"
    ),
    "past": (
        "hom truoc|tuan truoc|thang truoc|nam ngoai|nam truoc|hoi|da lau|tu hom|hom no|hom roi|dot truoc|"
        "vu truoc|may thang|ca thang|ca nam|tu nam|hom kia|hom qua|may hom|suot|lan nao cung|toi nao cung|"
        "ngay nao cung"
    ),
    "objects": (
        "khong dong y|chua dong y|khong chiu|khong nhan|khong ky|chua ky|khong phuc|khong chap nhan|"
        "khong nghe|khong nhat tri|khong cong nhan|khong tam phuc|khong dong tinh|khong thoa dang|phan doi|"
        "phan bac|khieu nai|khieu|kien|oan|keu oan|xet lai|xem lai|xem xet lai|tinh lai|do lai|huy|huy bo|"
        "bai bo|rut lai|thu hoi quyet dinh|doi lai|tra lai|tra dat|khoi phuc|vo ly|la sai|sai roi|trai luat|"
        "sua quyet dinh|khong giao|khong nop|duyet lai|cham lai|giam dinh lai"
    ),
    "decided": (
        "quyet dinh|qd|lenh|thong bao thu hoi|thu hoi|cuong che|phat toi|xu phat|bien ban|bi loai|loai khoi|"
        "gach ten|bi cat|bi tu choi|tu choi|bac don|bac ho so|dinh chi|tich thu|tam giu|ket luan|van ban|"
        "phe duyet|boi thuong|den bu|ky luat|thao do|danh sach|rut giay phep|buoc"
    ),
    "accuses": (
        "to cao|to giac|toi to|tui to|tham nhung|tham o|hoi lo|lot tay|phong bi|an chan|an bot|an tien|"
        "bo tui|vao tui|trong tui|lai qua|bao ke|chia nhau|an chia|khong ky|khai khong|ky khong|gia chu ky|"
        "chu ky gia|doi tien|voi tien|voi|nuot|bon rut|chiem doat|cau ket|thong dong|lam gia|giay to gia|"
        "danh sach ma|chung tu khong|bien thu|truc loi|chay chot|chay chuc|lua|lua dao|cuop|an cuop|an cap|"
        "lam ngo|chong lung|san sau|boi tron|cho nguoi nha|nguoi nha|tien rieng|tieu rieng|bieu|boi duong|"
        "doi trieu|moi duoc ghi|moi ky|moi cho|danh dan|lam khong cong|ra anh sang|bao che"
    ),
    "cries": (
        "cuu|cuu voi|dang chay|chay roi|boc chay|gap|khan cap|bat tinh|ngat|co giat|tim tai|mau|chay mau|"
        "chet|sap chet|mac ket|ket|mat tich|dao|chem|dam|dang danh|dang bi|tu tu|nhay|bi cuon|vui|sap|"
        "duoi nuoc|khong tho|kho tho|cap cuu|ngo doc|uong thuoc|khong muon song|muon chet|xam hai|hiep|"
        "bat coc|doa giet|bop co|de roi|chua thay ve|chua ve|goi khong|dang|lua|no|roi xuong"
    ),
    "feels": (
        "buon|kho tam|kho qua|lo lang|chan|tui than|co don|tam su|chong toi|vo toi|me chong|con dau|"
        "ngoai tinh|bo nhau|no nan|vay|no|benh|om|gian nhau|cai nhau|ruou che|co bo|mat ngu|chuyen rieng|"
        "xau ho"
    ),
    "supposes": (
        "toi tuong|em tuong|tuong la|tuong phai|cu tuong|toi nghi|em nghi|nghe noi|nghe dau|nghe bao|nghe ke|"
        "nguoi ta bao|dung khong|dung chu|phai chu|phai chang|chac la|hinh nhu|the a|vay a|hay sao"
    ),
    "speaks_of_us": ("toi|nha toi|em|chau|ba con|chung toi|ban toi|xom toi|nha em|tui|con toi|me toi|bo toi"),
}
_PHRASES: List[Tuple[str, ...]] = [tuple(f" {phrase} " for phrase in kind.split("|")) for kind in _KINDS.values()]
_LAST = (
    " khong ",
    " chua ",
    " gi ",
    " dau ",
    " a ",
    " ai ",
    " nao ",
    " sao ",
    " the nao ",
    " bao nhieu ",
    " hong ",
    " ko ",
)
"""A sentence that ends so asks."""

_ASKS = (*_PHRASES[0], *_LAST)
_TELLING = "toi nha hom roi minh em chau tao bon bi vua dang bao noi ong ba ho".split()

COUNT = 2 * len(_PHRASES) + 1


def cues(folded: str, typed: str) -> List[float]:
    """COUNT figures of 0 or 1: per kind whether it is heard, whether more than once; whether the text ends asking."""
    words = f" {' '.join(folded.split())} "
    heard = [sum(phrase in words for phrase in kind) for kind in _PHRASES]
    ends = "?" in typed or any(words.endswith(last) for last in _LAST)
    return [*(float(count > 0) for count in heard), *(float(count > 1) for count in heard), float(ends)]


def tells(folded: str, typed: str) -> bool:
    """Whether a text tells of somebody or of a moment without showing anywhere that it asks."""
    words = f" {' '.join(folded.split())} "
    asks = "?" in typed or any(phrase in words for phrase in (*_ASKS, " khong ", " chua "))
    return not asks and any(f" {word} " in words for word in _TELLING)
