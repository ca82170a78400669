"""Entities as residents type them, with and without diacritics; offsets always point into the text."""

import pytest

from bot.dialogue.entity_rules import entities_in
from bot.dialogue.places import PlaceNames

KNOWN = PlaceNames(["bản Hon", "xã Mường Sa", "bản Nà Lốc"])


def found(text: str, entity: str) -> list[str]:
    entities = entities_in(text, KNOWN)
    return [text[e.start : e.end] for e in entities if e.entity == entity]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("đường vào bản Hon hỏng, nhờ xã sửa", ["bản Hon"]),
        ("duong vao ban hon hong, nho xa sua", ["ban hon"]),
        ("ở bản Hon, xã Mường Sa từ hôm qua", ["bản Hon, xã Mường Sa"]),
        ("tổ dân phố 3 phường Trần Phú mất điện", ["tổ dân phố 3 phường Trần Phú"]),
        ("to dan pho so 3 mat dien", ["to dan pho so 3"]),
        ("ngày 20/11 họp ở thôn Đông Hải nhé", ["thôn Đông Hải"]),
        ("nhà tôi ở xã bình an có được không", ["xã bình an"]),
        ("ban na loc thuoc xa muong sa", ["ban na loc", "xa muong sa"]),
        ("tôi bán hơn 3 con trâu", []),
        ("xa phai cong khai nhung gi cho dan", []),
        ("xã phải công khai những gì", []),
        ("ban hanh quy che o dau", []),
        ("bạn ở đâu", []),
        ("mai toi len xa gap can bo", []),
        ("", []),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert found(text, "place") == places


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("thứ 6 tuần sau chủ tịch xã có tiếp dân không", ["thứ 6 tuần sau"]),
        ("thu 6 tuan sau chu tich xa co tiep dan khong", ["thu 6 tuan sau"]),
        ("sáng mai mấy giờ", ["sáng mai"]),
        ("mất nước từ hôm qua", ["hôm qua"]),
        ("họp ngày 20/11/2026", ["ngày 20/11/2026"]),
        ("ngay 5 thang 12", ["ngay 5 thang 12"]),
        ("tháng 3 năm 2027 bầu trưởng thôn", ["tháng 3 năm 2027"]),
        ("nộp 3 tuần trước", ["3 tuần trước"]),
        ("mai có tiếp dân không", ["mai"]),  # opens the question
        ("doi mai khong thay", []),  # “mãi”
        ("truoc toi nay khong ai hoi", []),  # “tới nay”, no evening
        ("mot nha mot phieu", []),  # “một”, not “mốt”
        ("thu tu gui di dau", []),  # “thư từ”
        ("thu tu co tiep dan khong", ["thu tu"]),
        ("ram thang bay", ["ram thang bay"]),
        ("họp ngày 20 âm lịch", ["ngày 20 âm lịch"]),
        ("mùng 5 tháng giêng", ["mùng 5 tháng giêng"]),
        ("thứ 6 ngày 20 có đối thoại không", ["thứ 6 ngày 20"]),
        ("có 3-4 hộ", []),
        ("tôi này", []),
    ],
)
def test_dates_stay_as_typed(text: str, dates: list[str]) -> None:
    assert found(text, "date") == dates


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("gặp phó chủ tịch xã", ["pho_chu_tich"]),
        ("gap chu tich", ["chu_tich"]),
        ("trưởng bản thu tiền", ["truong_thon"]),
        ("to truong to dan pho", ["truong_thon"]),
        ("nha toi bi thu hoi dat", []),
        ("bi thu xa", ["bi_thu"]),
        ("cong an xa", ["cong_an"]),
    ],
)
def test_roles_are_normalised(text: str, roles: list[str]) -> None:
    assert [e.value for e in entities_in(text, KNOWN) if e.entity == "role"] == roles


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("thu 50k một nhà", [("50k", "50000")]),
        ("góp 1tr5", [("1tr5", "1500000")]),
        ("hai triệu rưỡi", [("hai triệu rưỡi", "2500000")]),
        ("mot tram hai muoi trieu", [("mot tram hai muoi trieu", "120000000")]),
        ("đòi năm chục mới ký", [("năm chục", "50000")]),  # thousands go without saying
        ("500.000đ", [("500.000đ", "500000")]),  # dots part thousands
        ("1,5 triệu", [("1,5 triệu", "1500000")]),  # a comma parts a fraction
        ("300 nghin 1 khau", [("300 nghin", "300000")]),  # a sum for each
        ("năm chục hộ", []),  # households
        ("20 dong y", []),  # those who agree
        ("2 ty le", []),  # a share
        ("Điều 20", []),
    ],
)
def test_sums_are_in_dong(text: str, sums: list[tuple[str, str]]) -> None:
    found_sums = [(text[e.start : e.end], e.value) for e in entities_in(text, KNOWN) if e.entity == "money"]
    assert found_sums == sums


@pytest.mark.parametrize(
    ("text", "funds"),
    [
        ("quỹ vì người nghèo với quỹ khuyến học", ["nguoi_ngheo", "khuyen_hoc"]),
        ("quy phong chong thien tai", ["thien_tai"]),
        ("góp tiền đường", ["duong"]),
        ("quy ban tieu vao dau", ["quy_ban"]),
        ("quy uoc ban co phat khong", []),  # a convention
        ("quỹ đất công", []),  # land
    ],
)
def test_funds_are_normalised(text: str, funds: list[str]) -> None:
    assert [e.value for e in entities_in(text, KNOWN) if e.entity == "fund"] == funds


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ma xh-4k2p 9tqz den dau roi", ["XH-4K2P-9TQZ"]),
        ("XH4K2P9TQZ", ["XH-4K2P-9TQZ"]),
        ("mã XH-oi2l-9tqz", ["XH-0121-9TQZ"]),
        ("xh phat tien", []),
        ("XH-4K2P-9TQZZ", []),
        ("xh-4k2u-9tqz", []),
    ],
)
def test_case_codes_are_normalised(text: str, codes: list[str]) -> None:
    assert [e.value for e in entities_in(text, KNOWN) if e.entity == "case_code"] == codes


def test_offsets_point_into_the_composed_text() -> None:
    composed, decomposed = "ở bản Hon hôm qua", "ở bản Hon hôm qua"
    assert entities_in(composed, KNOWN) == entities_in(decomposed, KNOWN)
    assert all(composed[e.start : e.end] for e in entities_in(decomposed, KNOWN))


def test_no_names_known_still_finds_capitals_and_numbers() -> None:
    names = [e.value for e in entities_in("thôn 2, xã Bình An và xóm Đồi", PlaceNames())]
    assert names == ["thôn 2, xã Bình An", "xóm Đồi"]
