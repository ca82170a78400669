"""Ways of asking made from a template are caught; how Vietnamese asks anyway is not."""

import pytest

from knowledge_base.checks.skeletons import frame, skeleton, templates


@pytest.mark.parametrize(
    ("way", "left", "ends"),
    [
        ("cho tôi hỏi hương ước là gì", "cho toi hoi … la gi", "cho toi hoi … la gi"),  # a template's bones
        ("cho tôi hõi hương ước là j", "cho toi hoi … la gi", "cho toi hoi … la gi"),  # as it is typed in a hurry
        ("cho toi hoi quy uoc la gi", "cho toi hoi … la gi", "cho toi hoi … la gi"),  # and without marks
        ("cho tôi hỏi quy ước của bản là gì", "cho toi hoi … cua … la gi", "cho toi hoi … la gi"),  # the frame sees it
        ("trưởng bản làm mấy năm", "… lam may …", ""),  # bones inside only
        ("bãi nhiệm trưởng thôn", "…", ""),  # content alone
        ("mất thẻ, đổi sổ đỏ", "…", ""),  # “thẻ”, “đỏ” fold like function words and are none
        ("là gì vậy", "la gi vay", "la gi vay"),  # no content at all
    ],
)
def test_what_stays_of_a_way(way: str, left: str, ends: str) -> None:
    assert skeleton(way) == left
    assert frame(skeleton(way)).replace("…", " … ").split() == (ends or "…").split()


@pytest.mark.parametrize(
    "ways",
    [
        # one sentence with another noun put in each time
        [f"cho tôi hỏi {x} là gì" for x in ("hương ước", "quy ước", "lệ bản", "lệ làng")],
        # another opening, the same hand
        [f"làm thế nào để {x}" for x in ("nộp đơn", "đổi thẻ", "gặp trưởng bản", "sửa sổ đỏ")],
        # words put into the gap do not hide it
        ["cho tôi hỏi họp là gì", "cho tôi hỏi họp của bản là gì", "cho tôi hỏi việc họp ở thôn là gì",
         "cho tôi hỏi lệ họp là gì"],
        # nor do shorthand and lost marks
        ["cho tôi hỏi hương ước là gì", "cho toi hoi quy uoc la gi", "cho tôi hõi lệ bản là j",
         "cho tôi hỏi luật tục là gì"],
    ],
)  # fmt: skip
def test_four_from_one_template(ways: list[str]) -> None:
    assert templates(ways)
    assert templates(ways[:3]) == []


@pytest.mark.parametrize(
    "ways",
    [
        # how every Vietnamese asks: two function words are no template
        ["hương ước là gì", "quy ước là gì", "lệ bản là gì", "luật tục là gì", "hương ước bản là gì"],
        # whether one may
        ["thả trâu được không", "đốt nương được không", "đánh cá được không", "chặt tre được không"],
        # bare words, as in a search box
        ["hương ước", "quy ước thôn", "lệ làng", "luật tục bản"],
        # one question asked by four people
        ["trưởng bản do ai bầu", "ai chọn ra trưởng thôn", "dân có được bầu trưởng bản không",
         "bầu trưởng thôn là việc của xã hay của dân"],
        # the same way twice is one way
        ["cho tôi hỏi hương ước là gì"] * 4,
    ],
)  # fmt: skip
def test_ordinary_vietnamese(ways: list[str]) -> None:
    assert templates(ways) == []
