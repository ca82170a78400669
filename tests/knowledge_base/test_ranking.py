"""Ranking without a database: the right answer first, however it is typed, and silence for what is not ours."""

from datetime import date

import pytest

from bot.language import fold
from knowledge_base.deciding import Understanding, decide, decided
from knowledge_base.force import Window
from knowledge_base.loader import Content, Link, load
from knowledge_base.ranking import Entry, Index, Lexicon, entry

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def shipped(content: Content) -> Index:
    facts = {fact.id: fact for fact in content.facts}
    return Index([entry(a, [facts[id_] for id_ in a.facts]) for a in content.answers], content.lexicon)


def one(answer_id: str, way: str, pool: str = "", window: Window = Window()) -> Entry:  # noqa: B008
    return Entry(answer_id, way, answer_id.split("-")[0], ("CK-01",), (way,), text=pool, window=window)


SMALL = [
    one("disclosure-board", "giấy dán bao lâu", "niêm yết ở trụ sở"),
    one("land-recovery", "thu hồi đất", "bồi thường"),
    one("village-old", "bầu trưởng thôn", window=Window(last=date(2026, 8, 31))),
]


def test_every_shipped_way_finds_its_own_answer_first(shipped: Index, content: Content) -> None:
    for answer in content.answers:
        for way in answer.ways:
            assert shipped.search(way, {}, 1, TODAY)[0].answer_id == answer.id, way


@pytest.mark.parametrize(
    ("question", "topic", "facts"),
    [
        ("xa phai cong khai nhung gi cho dan", "disclosure", {"CK-04"}),  # without marks
        ("Chủ tịch xã tiếp dân mấy ngày một tháng?", "reception", {"TCD-02"}),  # formal
        ("muốn bãi miễn trưởng bản thì làm sao", "village", {"TH-05", "TH-06", "TH-04"}),  # a word the law does not use
        ("nhà nước lấy đất có phải họp dân không", "land", {"DD-01"}),  # everyday words for thu hồi
        ("hương ước được phạt tiền không", "convention", {"HU-04"}),  # a convention's limits
    ],
)
def test_real_questions_find_their_facts_in_the_first_three(
    shipped: Index, question: str, topic: str, facts: set[str]
) -> None:
    found = {fact for hit in shipped.search(question, {topic: 0.9}, 3, TODAY) for fact in hit.facts}
    assert facts & found, [hit.answer_id for hit in shipped.search(question, {topic: 0.9}, 3, TODAY)]


def test_marks_make_no_difference(shipped: Index, content: Content) -> None:
    for answer in content.answers[::10]:
        way = answer.ways[0]
        with_marks, without = (shipped.search(text, {}, 3, TODAY) for text in (way, fold(way)))
        assert [(hit.answer_id, hit.score) for hit in with_marks] == [(hit.answer_id, hit.score) for hit in without]


def test_typed_marks_tell_what_an_answer_holds() -> None:
    index = Index([one("agency-absent", "họp mà vắng một nửa"), SMALL[0]])
    held = {text: index.search(text, {}, 1, TODAY)[0].held for text in ("vắng", "vàng", "vang", "vằng")}
    assert held == {"vắng": 1.0, "vàng": 0.0, "vang": 1.0, "vằng": 0.0}
    assert Index([one("mediation-x", "hòa giải")]).search("hoà giải", {}, 1, TODAY)[0].held == 1.0


def test_a_topic_is_a_bonus_and_no_filter() -> None:
    index = Index(SMALL)
    with_topic = index.search("thu hồi đất", {"disclosure": 1.0}, 3, TODAY)
    assert with_topic[0].answer_id == "land-recovery"
    topics: list[dict[str, float]] = [{}, {"disclosure": 0.4, "land": 0.3}, {"disclosure": 1.0}]
    plain, likely, certain = (index.search("bao lâu", each, 1, TODAY)[0].score for each in topics)
    assert plain < likely < certain <= 1


def test_the_lexicon_leads_from_everyday_words_to_the_law() -> None:
    question = "lấy ruộng thì sao"
    assert Index(SMALL).search(question, {}, 1, TODAY) == []
    linked = Index(SMALL, [Link(("lấy ruộng",), ("thu hồi đất",))])
    assert linked.search(question, {}, 1, TODAY)[0].answer_id == "land-recovery"


def test_a_link_needs_the_whole_run_of_words() -> None:
    lexicon = Lexicon([Link(("sổ đỏ",), ("giấy chứng nhận",))])
    assert "chung_nhan" in lexicon.linked(["so", "do", "mat"])
    assert lexicon.linked(["so", "mau", "do"]) == set()


def test_an_answer_out_of_its_days_is_not_found() -> None:
    index = Index(SMALL)
    assert index.search("bầu trưởng thôn", {}, 1, date(2026, 8, 31))[0].answer_id == "village-old"
    assert index.search("bầu trưởng thôn", {}, 1, date(2026, 9, 1)) == []


@pytest.mark.parametrize("question", ["", "   ", "?!…", "\u200b", "🙂" * 4000])
def test_no_words_no_hits(question: str) -> None:
    assert Index(SMALL).search(question, {"land": 1.0}, 3, TODAY) == []
    assert Index([]).search("đất", {}, 3, TODAY) == []


@pytest.mark.parametrize(
    ("question", "understood", "expected"),
    [
        ("Xã phải công khai những gì cho dân biết?", 0.95, "answer"),  # plainly ours
        ("Chủ tịch xã tiếp dân mấy ngày một tháng", 0.9, "answer"),
        ("đối thoại", 0.8, "answer"),  # three kinds of dialogue: there is an answer that tells them apart
        ("khiếu nại", 0.9, "clarify"),  # a bare word: many answers fit alike
        ("trưởng thôn", 0.9, "clarify"),
        ("đất", 0.9, "clarify"),
        ("hôm nay trời có mưa không", 0.2, "unsure"),  # weather
        ("nấu phở bò thế nào", 0.2, "unsure"),  # cooking
        ("giá vàng bao nhiêu", 0.2, "unsure"),
        ("bật nhạc lên đi", 0.2, "unsure"),
        ("phạt nồng độ cồn xe máy bao nhiêu", 0.2, "unsure"),  # law, but none that we hold
        ("ly hôn chia tài sản thế nào", 0.2, "unsure"),
        ("SELECT * FROM users", 0.2, "unsure"),
        ("asdf qwer zxcv", 0.9, "unsure"),  # no word of ours, whatever the understanding says
    ],
)
def test_decision(shipped: Index, question: str, understood: float, expected: str) -> None:
    likeliest = shipped.search(question, {}, 1, TODAY)
    told = {f"ask_{hit.topic}": understood for hit in likeliest}
    outcome = decided(shipped, question, Understanding({**told, "out_of_scope": 1 - understood}), TODAY)
    assert outcome.decision == expected, [(hit.answer_id, round(hit.score, 2)) for hit in outcome.hits]
    assert len(outcome.offered) == {"answer": 1, "clarify": 3, "unsure": 0}[expected]


def test_no_hits_are_unsure() -> None:
    assert decide([], Understanding({"ask_land": 1.0})) == "unsure"


@pytest.mark.parametrize("intent", ["ask_not_held", "out_of_scope"])
@pytest.mark.parametrize(
    "question",
    ["phụ cấp của chủ tịch xã là mấy triệu", "sinh con xong đăng ký khai sinh cần gì", "mua vé xe đi Hà Nội ở đâu"],
)
def test_what_is_surely_not_ours_is_not_answered(shipped: Index, question: str, intent: str) -> None:
    assert decided(shipped, question, Understanding({intent: 0.9}), TODAY).decision != "answer"


def test_what_was_learnt_moves_an_answer_up_and_an_unknown_one_harms_nothing() -> None:
    index = Index([one("land-a", "thu hồi đất"), one("land-b", "thu hồi đất")])
    assert index.search("thu hồi đất", {}, 2, TODAY, {"land-b": 1.2, "gone": 2.0})[0].answer_id == "land-b"


def test_an_understanding_is_read_from_a_parse_result() -> None:
    parsed = {
        "intent_ranking": [{"name": "ask_land", "confidence": 0.7}, {"name": "ask_not_held", "confidence": 0.2}],
        "answer_ranking": [{"name": "land-book", "score": 1.1}],
    }
    understood = Understanding.of(parsed)
    assert (understood.topics, understood.answers, understood.foreign) == ({"land": 0.7}, {"land-book": 1.1}, 0.2)
    assert Understanding.of({"intent_ranking": None}).topics == {}
