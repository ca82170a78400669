"""One Unicode form for every text that enters: NFC, nothing invisible, single spaces."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


def nfc(text: str) -> str:
    """The text in Unicode's composed form (NFC)."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """The text in NFC without invisible or control characters, spaces collapsed, line breaks kept."""
    visible = nfc(_INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n"))
    printable = "".join(c if c == "\n" or not unicodedata.category(c).startswith("C") else " " for c in visible)
    lines = (_SPACES.sub(" ", line).strip() for line in printable.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
