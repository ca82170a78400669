"""Ways of asking made from a template: those that leave the same skeleton once their content words are removed.

A way is put into standard words. Its **skeleton** is what then stays, folded: the function words below in their
order, each run of other words replaced by one “…”: “cho tôi hỏi quy ước bản là gì” → “cho toi hoi … la gi”. Its
**frame** is only what opens and closes it, so that a template still shows when function words stand inside the gap.
Skeletons of fewer than three function words are no template but Vietnamese: everybody asks “… là gì”,
“… được không”, “… có … không”. Of the others one answer may have three alike; the fourth is an error.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.language import fold
from knowledge_base.phrasing import spoken

FUNCTION_WORDS = frozenset(
    """
    ạ à ơi ấy nhé nhỉ hả vậy thế dạ vâng xin thưa nhờ giúp với cho hỏi làm ơn
    tôi tui mình em chị anh con bác ông bà cô chú cháu ta họ ai
    gì chi nào đâu sao mấy nhiêu bao khi lúc giờ tại vì do
    không chưa chẳng có được bị phải nên cần muốn biết thể hay hoặc và cũng nữa còn chỉ mới
    thì mà là của những các một mỗi từng này kia đó đây rồi đã đang sẽ vừa lại ra vào
    như để từ đến tới trong ngoài ở về theo bằng nếu đúng thật xem
    """.split()
)
_BARE = frozenset(map(fold, FUNCTION_WORDS))
LEAST_WORDS = 3
MOST_ALIKE = 3
GAP = "…"


def skeleton(way: str) -> str:
    """Function words in their order and “…” for each run of others: “cho toi hoi … la gi”."""
    bones = (fold(word) if _is_function_word(word) else GAP for word in spoken(way))
    return " ".join(word for word, run in groupby(bones) for word in ([GAP] if word == GAP else run))


def frame(whole: str) -> str:
    """The skeleton with everything between its first and last gap left out."""
    return GAP.join((whole.partition(GAP)[0], whole.rpartition(GAP)[2])) if GAP in whole else whole


def _is_function_word(word: str) -> bool:
    """A word without marks may be one whose marks were left out."""
    return word in FUNCTION_WORDS or (word == fold(word) and word in _BARE)


def templates(ways: Iterable[str]) -> list[tuple[str, Sequence[str]]]:
    """Skeletons and frames that more than three of these ways share, with those ways."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for way in dict.fromkeys(ways):
        whole = skeleton(way)
        for pattern in {whole, frame(whole)}:
            if GAP in pattern and len(pattern.replace(GAP, "").split()) >= LEAST_WORDS:
                alike[pattern].append(way)
    return [(pattern, asked) for pattern, asked in alike.items() if len(asked) > MOST_ALIKE]
