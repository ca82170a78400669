"""The three senses of “đối thoại”, with marks and without."""

import pytest

from bot.language import fold, normalised, syllables
from knowledge_base.dialogue_senses import is_unclear, sense

ROWS = [
    ("xã phải đối thoại với dân mấy lần một năm", "people"),
    ("chủ tịch đối thoại với bà con hôm nào", "people"),
    ("bí thư có đối thoại không", "people"),
    ("hội nghị đối thoại báo trước mấy ngày", "people"),
    ("phường không đối thoại thì sao", "people"),
    ("10% cử tri yêu cầu đối thoại", "people"),
    ("đối thoại ở bản có được không", "people"),
    ("mặt trận có dự đối thoại không", "people"),
    ("giải quyết khiếu nại có phải đối thoại không", "complaint"),
    ("tôi khiếu nại chủ tịch xã, bao giờ đối thoại", "complaint"),  # the commune is named, the complaint tells
    ("kết quả xác minh khác thì có đối thoại không", "complaint"),
    ("đối thoại đơn của tôi báo trước mấy ngày", "complaint"),
    ("đi đối thoại khiếu nại có được mang luật sư không", "complaint"),
    ("vụ việc của tôi có được đối thoại không", "complaint"),
    ("công ty bao lâu phải đối thoại một lần", "workplace"),
    ("đối thoại với công nhân mấy tháng một lần", "workplace"),
    ("xưởng dưới 10 người có phải đối thoại không", "workplace"),
    ("ở chỗ làm đối thoại những gì", "workplace"),
    ("giám đốc không chịu đối thoại", "workplace"),
    ("công đoàn cử mấy người đi đối thoại", "workplace"),
    ("đối thoại về lương với ông chủ", "workplace"),
    ("hợp tác xã có phải đối thoại không", "workplace"),  # no commune
    ("đối thoại phải báo trước mấy ngày", None),
    ("một năm mấy lần đối thoại", None),
    ("ai được đi đối thoại", None),
    ("đối thoại có ghi biên bản không", None),
    ("không đối thoại thì bị phạt thế nào", None),
]


@pytest.mark.parametrize("typed", [str, fold])
@pytest.mark.parametrize(("said", "meant"), ROWS)
def test_which_dialogue_is_meant(said: str, meant: str | None, typed: type) -> None:
    assert sense(_heard(typed(said))) == meant
    assert is_unclear(_heard(typed(said))) == (meant is None)


@pytest.mark.parametrize("said", ["đối thoại", "đối thoại là gì", "có mấy loại đối thoại"])
def test_all_of_them_are_asked_about(said: str) -> None:
    assert not is_unclear(_heard(said))


def test_what_the_talk_was_about_tells() -> None:
    said = _heard("đối thoại phải báo trước mấy ngày")
    assert sense(said, "procedure_rights") == "complaint"
    assert sense(said, "workplace") == "workplace"
    assert is_unclear(said, "land")


def _heard(text: str) -> list[str]:
    return syllables(normalised(text))
