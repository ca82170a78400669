"""Where a tone mark stands: “hoà”, “thuỷ” and slips such as “ngừơi” or “cuả” become “hòa”, “thủy”, “người”, “của”."""

import re
import unicodedata
from functools import lru_cache

from bot.language.unicode import nfc

TONES = "\u0300\u0301\u0303\u0309\u0323"
_SYLLABLE = re.compile(
    "(?P<initial>ngh|ng|nh|gh|gi(?=[aăâeêioôơuưy])|kh|ch|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    "(?P<vowels>[aăâeêioôơuưy]{1,3})(?P<final>ng|nh|ch|[cmnpt])?"
)


@lru_cache(maxsize=20_000)
def toneless(word: str) -> tuple[str, str]:
    """The word with its vowels' shapes but without tone, and the tone mark (empty for none); lower-case NFC."""
    letters = unicodedata.normalize("NFD", word)
    tones = [letter for letter in letters if letter in TONES]
    return nfc("".join(letter for letter in letters if letter not in TONES)), tones[-1] if tones else ""


def parts(bare: str) -> tuple[str, str, str] | None:
    """Initial, vowels and final of a toneless lower-case syllable; None for what is no syllable."""
    match = _SYLLABLE.fullmatch(bare)
    return (match["initial"] or "", match["vowels"], match["final"] or "") if match else None


def placed(word: str) -> str:
    """A lower-case syllable with its one tone where our texts write it; anything else as it is."""
    bare, tone = toneless(word)
    found = parts(bare)
    if not tone or not found:
        return word
    initial, vowels, final = found
    at = _bearer(vowels, final)
    return initial + vowels[:at] + nfc(vowels[at] + tone) + vowels[at + 1 :] + final


def _bearer(vowels: str, final: str) -> int:
    shaped = [index for index, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if shaped:
        return shaped[-1]
    if len(vowels) == 1:
        return 0
    return 1 if final or len(vowels) == 3 else 0
