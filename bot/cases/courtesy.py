"""“Cảm ơn” is no reason: words that only thank or agree reopen nothing. Standard library only."""

from collections.abc import Sequence

_COURTESIES = frozenset(
    "cam on ta thanks thank ok oke okie okay vang da dung roi tot lam qua nhieu rat hai long yen tam vui mung bac em "
    "toi chau minh ba con gia dinh xa ubnd uy ban can bo cac anh chi ong tro ly bot nhe nha a oi u uh uhm o duoc xong "
    "het the la biet hieu nhan chao biet chuc suc khoe cho voi va nhung ca thay may thoi tuyet tich cuc nhiet "
    "tinh".split()
)


def only_thanks(syllables: Sequence[str]) -> bool:
    """Whether folded syllables say nothing but thanks, agreement and greetings; also when there are none."""
    return all(word in _COURTESIES for word in syllables)
