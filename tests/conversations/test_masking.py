"""What may tell who somebody is does not stay in words that are kept; what a question asks does."""

import pytest

from bot.conversations.masking import masked, without_masks
from bot.language import fold


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("gọi tôi số 0912 345 678 nhé", "gọi tôi số [số] nhé"),  # a phone with spaces
        ("sđt 0912.345.678", "sđt [số]"),  # with dots
        ("+84-912-345-678 là máy tôi", "[số] là máy tôi"),  # from abroad
        ("cccd 045123456789 cấp lại ở đâu", "cccd [số] cấp lại ở đâu"),  # an identity number
        ("cmnd 123456789", "cmnd [số]"),  # the old one
        ("thẻ bhyt DN4010123456789 hết hạn", "thẻ bhyt [số] hết hạn"),  # an insurance card
        ("xe 25B1-123.45 bị giữ", "xe [số] bị giữ"),  # a number plate
        ("gửi vào lo.van.b@gmail.com", "gửi vào [e-mail]"),  # an e-mail
        ("xem https://fb.com/ai.do giúp", "xem [liên kết] giúp"),  # somebody's page
        ("ông Lò Văn Páo lấn đất thì hỏi ai", "ông [tên] lấn đất thì hỏi ai"),  # after ông
        ("Anh Tuấn ở xã có quyền đó không", "Anh [tên] ở xã có quyền đó không"),  # one word
        ("chủ tịch Sùng A Dế tiếp dân hôm nào", "chủ tịch [tên] tiếp dân hôm nào"),  # after an office
        ("Nguyễn Thị Hoa có được vay không", "[tên] có được vay không"),  # nothing before it
        ("nguyen van tam co duoc vay khong", "[tên] co duoc vay khong"),  # typed in a hurry
        ("tên tôi là lò thị mai, hỏi về đất", "tên tôi là [tên], hỏi về đất"),  # said by themselves
        ("anh tuấn trưởng bản thu tiền có đúng không", "anh [tên] trưởng bản thu tiền có đúng không"),  # small letters
        ("sinh ngày 12/03/1985 thì được gì", "sinh [ngày sinh] thì được gì"),  # a birthday
        ("nhà số 12 ngõ 3 đường Lê Lợi mất nước", "[địa chỉ] mất nước"),  # an address
        ("số nhà 45, phố Trần Phú", "[địa chỉ]"),  # in two parts
        ("bản Nà Hừ có được bầu lại không", "bản [nơi] có được bầu lại không"),  # where few live
        ("tổ 5 phường Tân Phong họp khi nào", "tổ [nơi] phường [nơi] họp khi nào"),  # a numbered group
    ],
)
def test_what_tells_who_somebody_is_goes(said: str, kept: str) -> None:
    assert masked(said, fold) == kept


@pytest.mark.parametrize(
    "said",
    [
        "Luật 10/2022/QH15 nói gì về quy ước",  # the number of a law
        "Điều 24 Nghị định 145/2020/NĐ-CP",  # and of an article
        "phạt 1.500.000 đồng có đúng không",  # money
        "đóng 500000đ một hộ",  # money without spaces
        "ngày 20/11/2026 xã có tiếp dân không",  # a day
        "UBND xã phải công khai trong 5 ngày làm việc",  # a term
        "Ban Thanh tra nhân dân do ai bầu",  # an office
        "ông Chủ tịch xã có phải tiếp dân không",  # an office after ông
        "Ủy ban Mặt trận Tổ quốc xã làm gì",  # a longer one
        "bà con trong bản họp mấy lần một năm",  # people as such
        "hương ước bản có phạt thả rông trâu không",  # no place is named
        "anh em tranh nhau đất thì ai giải quyết",  # kin
        "tổ hòa giải có mấy người",  # no numbered group
        "thôn 120 hộ, 50 hộ đồng ý thì quy ước đã qua chưa",  # a number of households
        "quy ước phải đặt tên là hương ước hay gì",  # the name of a thing
        "đơn vị có công khai không, hai phần ba tán thành chưa",  # words that fold like names
        "Chủ thể công nhận quy ước",  # and capital ones
    ],
)
def test_what_asks_stays(said: str) -> None:
    assert masked(said, fold) == said


def test_places_that_are_known_go_however_they_are_typed() -> None:
    said = "ban hon xã nậm lúa hon nua co hop khong"
    assert masked(said, fold, ("Hon", "Nậm Lúa")) == "ban [nơi] xã [nơi] hon nua co hop khong"


def test_masks_are_left_out_of_a_way_of_asking() -> None:
    assert without_masks("ông [tên] ở bản [nơi], có được không?") == "ông ở bản, có được không?"
