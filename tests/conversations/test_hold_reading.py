"""What typed words say about sealed words: a short “đúng” deletes them, anything longer does not."""

import pytest

from bot.conversations.hold_words import reading
from bot.language import fold


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("đúng", "confirm_denunciation"),
        ("Đúng rồi.", "confirm_denunciation"),
        ("dung la to cao", "confirm_denunciation"),  # without marks
        ("Đúng, là tố cáo", "confirm_denunciation"),  # the button's own words
        ("vâng!", "confirm_denunciation"),
        ("Đây là phản ánh, không phải tố cáo", "deny_denunciation"),  # the button's own words
        ("không phải tố cáo đâu", "deny_denunciation"),
        ("tôi chỉ phản ánh thôi", "deny_denunciation"),
        ("Tôi chỉ hỏi cho biết", "only_asking"),  # the button's own words
        ("toi hoi thoi ma", "only_asking"),
        ("hôm qua tôi chỉ hỏi trưởng bản một câu mà ông ấy đòi hai trăm nghìn", None),  # tells of something else
        ("đúng là không phải tố cáo", "deny_denunciation"),  # no wins over yes
        ("đúng là ông ấy lấy tiền của bản", None),  # a story that begins so
        ("không", "deny_denunciation"),  # to “là tố cáo, hay là phản ánh?”; nothing is deleted
        ("xã công khai những gì", None),  # something else
        ("", None),
    ],
)
def test_reading(words: str, meaning: str | None) -> None:
    assert reading(words, fold) == meaning
