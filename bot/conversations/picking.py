"""Which of the offered buttons typed words mean: “câu 2”, “cái đầu tiên”, “không phải”, or a button's own words."""

from collections.abc import Sequence

FILLERS = frozenset(
    "a bac cai cau chon chau cho con cung da day dieu do em hoi hon i la lay lua minh muc nay ay nhe nhi no o phan roi "
    "so thi thu toi u uh uhm vang vay xem y tien nha dum giup".split()
)
"""Said around a choice; folded. What one is about is never among them."""
PLACES = {
    word: place
    for place, words in (
        (0, "1 mot nhat dau tren"),
        (1, "2 hai nhi giua"),
        (2, "3 ba"),
        (3, "4 bon tu"),
        (-1, "cuoi chot duoi"),
    )
    for word in words.split()
}
NONE_OF_THEM = frozenset("khong phai chang cac nao ca het dau may cai dung deu".split())
MIDDLE = 3
"""“Cái giữa” needs so many choices."""
LEAST = 2
"""Words that a message must share with a button to be taken for it."""

Words = Sequence[str]


def picked(said: Words, labels: Sequence[Words], away: int | None = None) -> int | None:
    """The position of the button meant, or None. All words are folded syllables.

    ``away`` is the position of the button that means none of the others; it is not “the last one”.
    """
    telling = [word for word in said if word not in FILLERS]
    if said and _refuses(said):
        return away
    choices = [number for number in range(len(labels)) if number != away]
    if len(telling) == 1 and telling[0] in PLACES:
        return _placed(telling[0], choices, len(labels))
    return _worded(telling, labels)


def _refuses(said: Words) -> bool:
    """“Không phải”, “không phải câu nào cả”, “không”; not “không phải công khai à”."""
    telling = [word for word in said if word not in FILLERS]
    return bool(telling) and telling[0] in ("khong", "chang") and NONE_OF_THEM.issuperset(telling)


def _placed(word: str, choices: Sequence[int], shown: int) -> int | None:
    if word == "giua" and len(choices) != MIDDLE:
        return None
    place = PLACES[word]
    if place < 0:
        return choices[place] if choices else None
    return place if place < shown else None


def _worded(telling: Words, labels: Sequence[Words]) -> int | None:
    """The only button that holds all the words."""
    asked = set(telling)
    if len(asked) < LEAST:
        return None
    holding = [number for number, label in enumerate(labels) if asked <= set(label)]
    return holding[0] if len(holding) == 1 else None
