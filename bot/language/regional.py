"""Words of the regions and what they are called in standard Vietnamese, where the words around them leave no doubt.

A rule holds only after or before the words it names, and never beside others. Several words are also heard without
diacritics; a single one is not, since “bển” stripped is “bên”.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.folding import fold


@dataclass(frozen=True)
class Rule:
    """``meant`` for ``said``; an empty set asks nothing. ``bare``: also stripped."""

    said: tuple[str, ...]
    meant: str
    after_any: frozenset[str] = frozenset()
    never_after: frozenset[str] = frozenset()
    before_any: frozenset[str] = frozenset()
    never_before: frozenset[str] = frozenset()
    bare: bool = False


def _as_heard(words: str, stripped: bool) -> list[str]:
    return [*words.split(), *(fold(words).split() if stripped else ())]


def _rule(said: str, meant: str, bare: bool = False, **near: str) -> Rule:
    words = tuple(said.split())
    sets = {
        name: frozenset(_as_heard(near_words, len(words) > 1 or "never" in name)) for name, near_words in near.items()
    }
    return Rule(words, meant, bare=bare or len(words) > 1, **sets)


_CHI = (
    "tiêu phí tiết trả bộ hội ngân cục nhánh tiền cho đoàn ủy thường hỗ bằng đúng sai lương bao từ theo cụ đội phối sở "
    "viện quỹ hằng lễ thêm ra hộ thu khác"
)
"""After these, “chi” is spending or a branch."""

_LACKING = (
    "lý lí ích cớ hiệu trách hạn nghĩa danh tuyến tội gia điều tư cùng sản can ơn hình địch tình ý cảm tận "
    "thừa chủ phép vọng sinh giá kể số lễ cơ gian định thời thức tâm can bờ lương"
)
"""Before these, “vô” says “without”."""
_TEETH = "hàm đau nhổ khám sâu chữa trám mọc trồng bàn kem đánh làm"

_RULES = (
    # Nghệ Tĩnh and the centre
    _rule("mô tê", "đâu"),
    _rule("khi mô", "khi nào"),
    _rule("chỗ mô", "chỗ nào"),
    _rule("nơi mô", "nơi nào"),
    _rule("ngày mô", "ngày nào"),
    _rule("bữa mô", "ngày nào"),
    _rule("bựa mô", "ngày nào"),
    _rule("ở mô", "ở đâu"),
    _rule("đi mô", "đi đâu"),
    _rule("ra mô", "ra đâu"),
    _rule("lên mô", "lên đâu"),
    _rule("đến mô", "đến đâu"),
    _rule("tới mô", "tới đâu"),
    _rule("cái mô", "cái nào"),
    _rule("người mô", "người nào"),
    _rule("mô", "đâu", never_after="quy", never_before="hình tả phỏng tơ cát típ đất bản"),
    _rule("mần răng", "làm sao"),
    _rule("làm răng", "làm sao"),
    _rule("vì răng", "vì sao"),
    _rule("răng rứa", "sao thế"),
    _rule("răng", "sao", before_any="mà lại không chưa rứa xã cán phải hè hỉ nỏ", never_after=_TEETH),
    _rule("răng", "sao", after_any="thế ra là thì phải như"),
    _rule("như rứa", "như thế"),
    _rule("rứa", "thế"),
    _rule("rua", "thế", bare=True, after_any="răng như mô"),
    _rule("bây chừ", "bây giờ"),
    _rule("chừ", "bây giờ"),
    _rule("mần chi", "làm gì"),
    _rule("làm chi", "làm gì", never_before=_CHI),
    _rule("cái chi", "cái gì", never_before=_CHI),
    _rule("việc chi", "việc gì", never_before=_CHI),
    _rule("chuyện chi", "chuyện gì", never_before=_CHI),
    _rule("chi rứa", "gì thế"),
    _rule("chi vậy", "gì vậy"),
    _rule("chi mô", "gì đâu"),
    _rule("giấy chi", "giấy gì", never_before=_CHI),
    _rule("tiền chi", "tiền gì", before_any="rứa vậy thế hè hỉ mà"),
    _rule("chi", "gì", after_any="những là có nói hỏi mang đem", never_before=_CHI),
    _rule("mần", "làm"),
    _rule("nỏ", "không", never_after="khô"),
    _rule("ni", "này", after_any="bữa cái chuyện việc bên xã bản xóm thôn tháng năm tuần ngày chỗ"),
    _rule("hôm ni", "hôm nay"),
    _rule("bữa ni", "hôm nay"),
    _rule("nớ", "ấy"),
    _rule("tau", "tao"),
    _rule("choa", "chúng tôi"),
    _rule("bọ", "bố", before_any="tôi tui mình"),
    _rule("mạ", "mẹ", before_any="tôi tui mình em con choa"),
    _rule("o", "cô", after_any="mấy", before_any="nớ ấy"),
    _rule("hỉ", "nhỉ"),
    _rule("hè", "nhỉ", after_any="rứa chi mô răng ri"),
    # the south
    _rule("bển", "bên ấy"),
    _rule("trển", "trên ấy"),
    _rule("ngoải", "ngoài ấy"),
    _rule("trỏng", "trong ấy"),
    _rule("ổng", "ông ấy"),
    _rule("bả", "bà ấy", never_before="chuột chó", never_after="bã thuốc"),
    _rule("tía", "bố", never_after="đỏ màu tím", never_before="tô"),
    _rule("má", "mẹ", never_after="rau gò chó đôi", before_any="tôi tui mình em con"),
    _rule("dìa", "về"),
    _rule("dề", "về"),
    _rule("vô", "vào", never_before=_LACKING, never_after="hư"),
    _rule("nhứt", "nhất"),
    _rule("thiệt", "thật", never_before="hại thòi mạng hơn", never_after="thua gây bị chịu mức"),
    _rule("bịnh", "bệnh"),
    _rule("gởi", "gửi"),
    _rule("hổm rày", "mấy hôm nay"),
    _rule("bữa nay", "hôm nay"),
    _rule("bữa rày", "hôm nay"),
    _rule("hồi hôm", "đêm qua"),
    _rule("hồi nào", "lúc nào"),
    _rule("chừng nào", "khi nào"),
    _rule("xài", "dùng"),
    _rule("biểu", "bảo", before_any="tôi tui em mình nộp đóng ký về lên phải dân bà", never_after="đại phát tiêu tờ"),
    _rule("kêu", "gọi", before_any="điện tên", never_after="tiếng"),
    _rule("nhiêu", "bao nhiêu", never_after="bao bấy", never_before="khê"),
    _rule("lẹ", "nhanh"),
    _rule("tụi tui", "chúng tôi"),
    _rule("tụi", "bọn"),
    # the northern highlands
    _rule("mế", "mẹ"),
    _rule("pả", "bố"),
    _rule("pá", "bố", before_any="tôi mình tao em"),
    _rule("ké", "ông", never_before="theo"),
    _rule("pú", "ông", before_any="tôi mình tao em ơi"),
    _rule("pí", "anh", before_any="ơi à"),
    # how it is heard everywhere
    _rule("hổng", "không"),
    _rule("hông", "không", never_before="nhà xương", never_after="bên"),
    _rule("chài", "trời", never_before="lưới", never_after="thuyền", after_any="trời ôi"),
)  # fmt: skip


def _table() -> dict[str, list[Rule]]:
    table: dict[str, list[Rule]] = {}
    for rule in sorted(_RULES, key=lambda rule: -len(rule.said)):
        table.setdefault(rule.said[0], []).append(rule)
        bare = fold(rule.said[0])
        if rule.bare and bare != rule.said[0]:
            table.setdefault(bare, []).append(rule)
    return table


_BY_FIRST = _table()


def standard_words(words: Sequence[str], index: int) -> tuple[str, int] | None:
    """The standard words for those that begin there (lower case), and how many they stand for; None where none does."""
    for rule in _BY_FIRST.get(words[index], ()):
        if _said(rule, words, index) and _fits(rule, words, index):
            return rule.meant, len(rule.said)
    return None


def _said(rule: Rule, words: Sequence[str], index: int) -> bool:
    found = tuple(words[index : index + len(rule.said)])
    return found == rule.said or (rule.bare and found == tuple(fold(word) for word in rule.said))


def _fits(rule: Rule, words: Sequence[str], index: int) -> bool:
    before = words[index - 1] if index else ""
    end = index + len(rule.said)
    after = words[end] if end < len(words) else ""
    asked = (before in rule.after_any, after in rule.before_any)
    if (rule.after_any or rule.before_any) and not any(asked):
        return False
    return before not in rule.never_after and after not in rule.never_before
