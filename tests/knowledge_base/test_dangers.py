"""The number that helps comes first."""

import pytest

from bot.language import syllables
from knowledge_base.dangers import first_called
from knowledge_base.loader import load

FIRST = [
    ("cháu nhà tôi bị ngã xuống giếng", {"114", "115"}),
    ("nhà tôi bị cháy", {"114"}),
    ("chong toi dang danh toi", {"113"}),
    ("lũ lên ngập nhà, nước cuốn trôi", {"112"}),
    ("bố tôi ngất xỉu, khó thở", {"115"}),
    ("có người bắt cóc trẻ em", {"111", "113"}),
    ("cứu với", {"111", "112", "113", "114", "115"}),  # says nothing of the danger: all, in their own order
]
NUMBERS = ("111", "112", "113", "114", "115")


@pytest.mark.parametrize(("said", "first"), FIRST)
def test_which_number_is_called_first(said: str, first: set[str]) -> None:
    facts = [fact for fact in load().facts if fact.kind == "emergency"]
    known = [(next(n for n in NUMBERS if f"gọi {n}" in fact.text), fact.text) for fact in facts]
    order = first_called(syllables(said), known, syllables)
    assert sorted(order) == list(range(len(known)))
    assert known[order[0]][0] in first
