"""What sounds alike to many who write: s/x, ch/tr, l/n, d/gi/r, c/k/q, i/y and the endings n/ng/nh, t/c/ch."""

from functools import lru_cache

from bot.language.folding import fold
from bot.language.tones import parts, toneless

_INITIALS = {
    "tr": "ch", "x": "s", "n": "l", "gi": "d", "r": "d", "k": "c", "qu": "c", "ngh": "ng", "gh": "g", "q": "c",
}  # fmt: skip
_FINALS = {"ng": "n", "nh": "n", "c": "t", "ch": "t"}
_RHYMES = set(
    """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu y
o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt uân uâng uât uây uê uêch uênh uêu uy uya uych uyu uyn uynh uyt uyên
uyêt uơ ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
""".split()
)
_FOLDED_RHYMES = {fold(rhyme) for rhyme in _RHYMES}


@lru_cache(maxsize=20_000)
def sound(bare: str) -> str:
    """A key that folded words share when they are easily taken for each other."""
    found = parts(bare)
    if not found:
        return bare
    initial, vowels, final = found
    if initial == "qu" or (initial == "q" and vowels[:1] == "u"):
        initial, vowels = "c", "u" + vowels.removeprefix("u")
    return _INITIALS.get(initial, initial) + "|" + vowels.replace("y", "i") + "|" + _FINALS.get(final, final)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether the lower-case word, with or without its marks, could be a Vietnamese syllable."""
    bare, tone = toneless(word)
    found = parts(bare)
    if not found:
        return False
    initial, vowels, final = found
    stopped = final in ("c", "ch", "p", "t")
    if stopped and tone not in ("", "\u0301", "\u0323"):
        return False
    if stopped and not tone and fold(word) != word:
        return False
    if initial in ("ngh", "gh", "k") and fold(vowels)[0] not in "eiy":
        return False
    if initial in ("ng", "g", "c") and fold(vowels)[0] in "ei":
        return False
    rhyme = vowels + final
    return rhyme in (_FOLDED_RHYMES if fold(word) == word else _RHYMES)
