"""Whether words about a convention ask for what it says, or for how it came to be."""

import pytest

from knowledge_base.conventions.asking import tells_of_the_making

STORIES = [
    ("Ông trưởng bản bảo bản mình sắp có hương ước, nó là cái giấy gì?", True),
    ("huong uoc thon em thong qua khi chua den nua so nha di hop, xa van dong dau", True),
    ("quy ước bản tôi nói gì", False),  # short: the text itself is wanted
    ("quy ước bản tôi có phạt thả rông trâu ngoài ruộng lúa vào ban đêm không", False),  # a matter of its text
    ("xem hương ước thôn mình", False),
]


@pytest.mark.parametrize(("words", "of_the_making"), STORIES)
def test_stories_about_a_convention(words: str, of_the_making: bool) -> None:
    assert tells_of_the_making(words) is of_the_making
