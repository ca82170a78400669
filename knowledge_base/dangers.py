"""Which emergency number comes first for words that tell of a danger; all of them are given. Standard library only."""

from collections.abc import Callable, Sequence

_TOLD_BY = {
    "115": "nga gieng ngat xiu ngo doc ran can mau chay mau dau bung de dut thuong bong gay xuong tai nan dien giat "
    "sot kho tho co giat bat tinh uong thuoc ngat tho tim dot quy",
    "114": "chay hoa hoan no khoi ket gieng duoi nuoc chim sap vui mac ket lua bung nga xuong thang may",
    "113": "danh dao dam chem cuop trom doa giet sung bao hanh hiep bat coc quay pha con do hanh hung",
    "112": "lu lut sat lo bao cuon troi mat tich lac rung dap vo mac ket nuoc len",
    "111": "tre em be xam hai hiep bo roi danh con bat coc chau be",
}
"""Folded syllables; one syllable may speak for several."""
TELLS = 2
"""How much such a word counts beside one that the number's own text has."""


def first_called(
    said: Sequence[str], numbers: Sequence[tuple[str, str]], split: Callable[[str], list[str]]
) -> list[int]:
    """The positions of ``numbers`` (number, text) in the order in which they help; ``said`` are folded syllables."""
    words = set(said)

    def weight(position: int) -> int:
        number, text = numbers[position]
        told = len(words.intersection(_TOLD_BY.get(number, "").split()))
        return TELLS * told + len(words.intersection(split(text)))

    return sorted(range(len(numbers)), key=lambda position: -weight(position))
