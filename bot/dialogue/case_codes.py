"""Case codes as residents type them: XH and eight Crockford base-32 symbols, dashes, spaces and case as they please."""

import re

_CODE = re.compile(
    r"(?<!\w)(XH)([\s.\-–]{0,3})([0-9A-TV-Z]{4})([\s.\-–]{0,3})([0-9A-TV-Z]{4})(?!\w)", re.IGNORECASE | re.ASCII
)
_READ_AS = str.maketrans("ILO", "110")


def case_codes(text: str) -> list[tuple[int, int, str]]:
    """Start, end and the normalised code ``XH-XXXX-XXXX`` of each code; its check digit is not tested."""
    return [(m.start(), m.end(), _normal(m[3] + m[5])) for m in _CODE.finditer(text) if _meant(m)]


def _normal(symbols: str) -> str:
    read = symbols.upper().translate(_READ_AS)
    return f"XH-{read[:4]}-{read[4:]}"


def _meant(match: "re.Match[str]") -> bool:
    """“xh phat tien” has the shape of a code: ask for a digit, a dash or the capitals XH."""
    digits = any(c.isdigit() for c in match[3] + match[5])
    return digits or match[1] == "XH" or "-" in match[2] + match[4]
