"""What is typed in a hurry, by ear or in a dialect, in standard words; and clean Vietnamese left as it is."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import fold, nfc, normalised, rewritten
from bot.language.letters import standard_spellings
from bot.language.regional import standard_words
from bot.language.repeats import squeezed
from bot.language.shorthand import ABBREVIATIONS, expanded
from bot.language.sounds import is_syllable, sound
from bot.language.tones import placed
from knowledge_base.loader import load


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("hoà", "hòa"),  # the newer placement
        ("thuỷ", "thủy"),
        ("ngừơi", "người"),  # on the wrong letter
        ("cuả", "của"),
        ("quý", "quý"),  # u belongs to qu
        ("già", "già"),  # i belongs to gi
        ("toán", "toán"),  # right already
        ("xã", "xã"),
        ("ok", "ok"),  # no tone
        ("zoán", "zoán"),  # no syllable
    ],
)
def test_tone_placement(typed: str, kept: str) -> None:
    assert placed(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("khôngggg", "không"),
        ("ơiiii", "ơi"),
        ("ááá", "á"),
        ("áaaa", "á"),  # the marked one stays
        ("đượcc", "được"),  # a pair that Vietnamese does not write
        ("ddi", "đi"),  # Telex left unfinished
        ("mưu", "mưu"),  # two letters, not one twice
        ("luu", "luu"),  # the same stripped
        ("xoong", "xoong"),  # a real pair
        ("google", "google"),  # no syllable either way
        ("app", "app"),
    ],
)
def test_letters_held_down(typed: str, kept: str) -> None:
    assert squeezed(typed) == kept


@pytest.mark.parametrize(
    ("typed", "meant"), [("fường", "phường"), ("wá", "quá"), ("zân", "dân"), ("jấy", "giấy"), ("khôg", "không")]
)
def test_letters_that_sound_alike(typed: str, meant: str) -> None:
    assert meant in standard_spellings(typed)


@pytest.mark.parametrize(
    ("one", "other"), [("sa", "xa"), ("tra", "cha"), ("lay", "nay"), ("giay", "ray"), ("cac", "cat")]
)
def test_sounds_taken_for_each_other(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("word", "could_be"),
    [
        ("nghĩa", True),
        ("duoc", True),
        ("quyền", True),
        ("ngi", False),
        ("bàc", False),
        ("zan", False),
        ("tiêpr", False),
    ],
)
def test_syllables_that_could_be(word: str, could_be: bool) -> None:
    assert is_syllable(word) is could_be


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ctx có nhà ko", "chủ tịch xã có nhà không"),
        ("đc thu bn", "được thu bao nhiêu"),
        ("chào các bn", "chào các bạn"),  # among people
        ("thu 50k", "thu 50 nghìn"),  # after a number k is a thousand
        ("thu 50 k", "thu 50 nghìn"),
        ("phải k", "phải không"),
        ("mất nc", "mất nước"),
        ("nc với bí thư", "nói chuyện với bí thư"),
        ("nd 154/2026", "nghị định 154/2026"),
        ("UBND xã", "ủy ban nhân dân xã"),  # an office's own abbreviation counts in capitals
        ("kế hoạch KT-XH", "kế hoạch KT-XH"),  # other capitals are no shorthand
        ("nhà ở tổ A", "nhà ở tổ A"),  # a name
        ("b", "b"),  # a letter that is the whole answer
        ("duong hong", "duong không"),  # at the end it asks
        ("duong hong roi", "duong hong roi"),  # “hỏng” stripped
        ("a.b@k.vn", "a.b@k.vn"),  # an address
    ],
)
def test_shorthand(typed: str, read: str) -> None:
    assert normalised(typed).lower() == read.lower()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ở mô rứa", "ở đâu thế"),
        ("quy mô công trình", "quy mô công trình"),  # size
        ("thu tiền chi rứa", "thu tiền gì thế"),
        ("làm việc chi", "làm việc gì"),
        ("thu, chi, quản lý quỹ", "thu, chi, quản lý quỹ"),  # spending
        ("việc chi trả chậm", "việc chi trả chậm"),
        ("mần răng chừ", "làm sao bây giờ"),
        ("đau răng", "đau răng"),  # a tooth
        ("đi vô", "đi vào"),
        ("vô lý", "vô lý"),  # without
        ("hổng biết", "không biết"),
        ("gieo mạ", "gieo mạ"),  # seedlings
        ("mạ tôi", "mẹ tôi"),
        ("biểu quyết", "biểu quyết"),
        ("bữa ni", "hôm nay"),
        ("bên ben", "bên ben"),  # “bển” stripped is “bên”
        ("mế tôi ốm", "mẹ tôi ốm"),
    ],
)
def test_regional_words(typed: str, read: str) -> None:
    assert normalised(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("giấy khai xinh", "giấy khai sinh"),  # s/x
        ("bầu chưởng bản", "bầu trưởng bản"),  # ch/tr
        ("khiếu lại ở đâu", "khiếu nại ở đâu"),  # l/n, a valid word among others
        ("phãi nộp", "phải nộp"),  # hỏi/ngã
        ("tổ giân phố", "tổ dân phố"),  # d/gi
        ("niêm yếc", "niêm yết"),  # t/c
        ("chịu chách nhiệm", "chịu trách nhiệm"),
        ("ngị quyết", "nghị quyết"),  # ng/ngh
        ("ký tên", "ký tên"),
        ("Bà Lò Thị Mẩy", "Bà Lò Thị Mẩy"),  # names
        ("hải đảo", "hải đảo"),  # everyday words of no text of ours
        ("hôm nay", "hôm nay"),
    ],
)
def test_slips_of_spelling(typed: str, read: str) -> None:
    assert normalised(typed) == read


def test_both_unicode_forms_read_alike() -> None:
    assert normalised(unicodedata.normalize("NFD", "khiếu nại ở đâu")) == "khiếu nại ở đâu"


@given(st.text(alphabet="aăâáộkươôhngtxyzwđ ệ,.1ĐƠ\n\u200b\u0301İ", max_size=60))
def test_words_stand_in_order_where_they_were_typed(text: str) -> None:
    words = rewritten(text)
    assert all(0 <= word.start < word.end <= len(nfc(text)) and word.words for word in words)
    assert all(one.end <= other.start for one, other in pairwise(words))


def test_clean_texts_stay_as_they_are() -> None:
    """Titles, answers and facts are written out; at most one in a hundred may be touched, abbreviations aside."""
    content = load()
    texts = [*(fact.text for fact in content.facts)]
    texts += [text for answer in content.answers for text in (answer.title, answer.text, answer.more or "") if text]
    touched = [text for text in texts if _changed(text)]
    assert len(touched) <= 0.01 * len(texts), touched


def test_ways_of_asking_without_dialect_stay_as_they_are() -> None:
    ways = [way for answer in load().answers for way in answer.ways if _plainly_written(way)]
    touched = [way for way in ways if _changed(way)]
    assert len(touched) <= 0.01 * len(ways), touched


def _changed(text: str) -> bool:
    typed = nfc(text)
    return any(
        word.words != said and said.lower() not in ABBREVIATIONS
        for word in rewritten(text)
        if (said := typed[word.start : word.end])
    )


def _plainly_written(text: str) -> bool:
    """With its diacritics, and without a word of shorthand or of a region."""
    words = text.lower().split()
    marked = 2 * sum(fold(word) != word for word in words) >= len(words)
    return marked and not any(expanded(words, i) or standard_words(words, i) for i in range(len(words)))
