"""Names of places in what people type: the kind, the diacritics, one name inside another."""

import pytest

from bot.places.naming import Finder, Named

FINDER = Finder(
    Named(label, label)
    for label in (
        "xã Bản Bo",
        "xã Khun Há",
        "xã Tân Thành",
        "xã Tân Thạnh",
        "xã Sơn",
        "phường 1",
        "bản Hon",
        "bản Hon Trên",
    )
)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("xã Khun Há", {"xã Khun Há"}),
        ("XA KHUN HA", {"xã Khun Há"}),  # capitals, no diacritics
        ("tôi ở khun ha", {"xã Khun Há"}),  # no kind, after “ở”
        ("Khun Há", {"xã Khun Há"}),  # nothing but the name
        ("duong khun ha hong", set()),  # neither kind nor diacritics nor “ở”: may be something else
        ("đường Khun Há hỏng", {"xã Khun Há"}),  # its own diacritics are sign enough
        ("bàn bỏ phiếu ở đâu", set()),  # folds to “ban bo”, is another word
        ("xã bán bò", set()),  # with the kind, but typed with other diacritics
        ("xa tan thanh", {"xã Tân Thành", "xã Tân Thạnh"}),  # two fold alike: both, to be asked
        ("xã Tân Thạnh", {"xã Tân Thạnh"}),  # the diacritics tell
        ("sơn lại nhà", set()),  # one syllable needs its kind
        ("xã sơn", {"xã Sơn"}),
        ("huyện Khun Há", set()),  # a district of that name is no commune
        ("x. sơn", {"xã Sơn"}),  # abbreviated kind
        ("p1", set()),  # glued: too little to go by
        ("phường 1", {"phường 1"}),
        ("ban hon tren", {"bản Hon Trên"}),  # the longer name only
        ("thôn Hon", {"bản Hon"}),  # bản and thôn are said for each other
        ("", set()),
    ],
)
def test_what_is_named(said: str, named: set[str]) -> None:
    assert {found.key for found in FINDER.find(said)} == named


def test_the_tone_may_stand_on_either_letter() -> None:
    """“Hoà Bình” and “Hòa Bình” are one."""
    finder = Finder([Named(1, "xã Hòa Bình")])
    assert [found.key for found in finder.find("xã Hoà Bình")] == [1]
