"""Splitting the text of a convention into sections by its headings; standard library and our language only.

Layouts seen: “Chương II” or “Phần thứ nhất” over “Điều 5. Việc cưới”; “I. …”, “1. …”, “a) …”; lines in CAPITALS. The
outermost kind of heading that carries the matter splits; whatever stands under it stays whole in its section. No word
of the text is lost: what comes before the first heading is a section of its own.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.language import clean, fold
from knowledge_base.conventions.kinds import kinds_in

LONGEST_HEADING = 120
FIRST_HEADING = "Phần đầu"
FOLDED_PREAMBLE = ("cong hoa xa hoi", "doc lap", "quy uoc", "huong uoc")

_ARTICLE = re.compile(r"^(?:Điều|ĐIỀU|điều)\s*(\d{1,3})\s*[.:\-–)]?\s*(.*)$")
_CHAPTER = re.compile(
    r"^(?:CHƯƠNG|Chương|PHẦN|Phần|MỤC|Mục)\s+((?:thứ\s+|THỨ\s+)?[\wÀ-ỹ]{1,5})\s*[.:\-–]?\s*(.*)$", re.UNICODE
)
_ROMAN = re.compile(r"^([IVX]{1,5})\s*[.\-–/)]\s*(.+)$")
_NUMBER = re.compile(r"^(\d{1,2})\s*[./)\-–]\s*(?!\d)(.+)$")
_LETTER = re.compile(r"^([a-zđ])\s*[.)]\s*(.+)$")
_PAGE_NUMBER = re.compile(r"^(?:trang\s+)?[-–]?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*[-–]?$", re.IGNORECASE)

Heading = Callable[[str], str | None]
"""A line → its heading in words (empty where they stand on the next line), None for no heading of this kind."""


@dataclass(frozen=True)
class Part:
    """One section as it was split off."""

    kind: str
    heading: str
    text: str


def split(text: str) -> list[Part]:
    """The sections of a convention's text in order, each with the kind its heading or words speak of."""
    lines = [line for line in map(_tidy, text.splitlines()) if line and not _PAGE_NUMBER.match(line)]
    if not lines:
        return []
    return [_part(heading, body) for heading, body in _merged(_blocks(lines, _chosen(lines)))]


def _tidy(line: str) -> str:
    return " ".join(clean(line.replace("\t", " ").replace("\u00a0", " ")).split())


def _chosen(lines: Sequence[str]) -> Heading | None:
    """The kind of heading that splits: articles, else the outermost of which there are at least two."""
    for heading in (_article, _roman, _number, _chapter, _letter, _capitals):
        if sum(heading(line) is not None for line in lines) >= 2:
            return heading
    return None


def _blocks(lines: Sequence[str], heading: Heading | None) -> Iterator[tuple[str, list[str]]]:
    """Each heading with the lines under it; a chapter's or capital heading above an article opens the next block."""
    title, body, over = FIRST_HEADING, list[str](), list[str]()
    waits = False
    for line in lines:
        found = heading(line) if heading else None
        if found is not None:
            yield title, body
            title, body, over, waits = _short(found), [*over, *_overflow(found)], [], not found
        elif waits and not body:
            title, waits = line, False
        elif heading is _article and _is_over(line, over):
            over.append(line)
        else:
            body, over = [*body, *over, line], []
    yield title, [*body, *over]


def _is_over(line: str, over: Sequence[str]) -> bool:
    """Whether a line is a chapter's heading, or the capitals under one."""
    return _chapter(line) is not None or (bool(over) and _capitals(line) is not None) or _roman_capitals(line)


def _roman_capitals(line: str) -> bool:
    return bool(_ROMAN.match(line)) and _capitals(line) is not None


def _merged(blocks: Iterator[tuple[str, list[str]]]) -> Iterator[tuple[str, list[str]]]:
    """Without empty blocks: a heading with nothing under it is itself the words."""
    for title, body in blocks:
        if body:
            yield title or FIRST_HEADING, body
        elif title not in ("", FIRST_HEADING):
            yield title, [title]


def _part(heading: str, body: Sequence[str]) -> Part:
    kinds = sorted(kinds_in(heading)) or sorted(kinds_in(" ".join(body)))
    opening = heading == FIRST_HEADING or not kinds or _general(heading)
    return Part("general" if opening else kinds[0], _spoken(heading), "\n".join(body))


def _general(heading: str) -> bool:
    return any(words in fold(heading) for words in ("quy dinh chung", "dieu khoan", "hieu luc", "pham vi", "muc dich"))


def _spoken(heading: str) -> str:
    """“VIỆC CƯỚI” as “Việc cưới”."""
    words = heading.strip(" .:;-–")
    return words.capitalize() if words.isupper() else words


def _short(found: str) -> str:
    """A heading's own words: “Việc cưới: làm gọn …” begins with them."""
    if len(found) <= LONGEST_HEADING and not re.search(r"[.:;] \S", found):
        return found
    first = re.split(r"[.:;] ", found, maxsplit=1)[0]
    return first if len(first) <= LONGEST_HEADING else f"{first[:LONGEST_HEADING].rsplit(' ', 1)[0]}…"


def _overflow(found: str) -> list[str]:
    """What stands in the heading's line beyond its heading: the whole of it, so that nothing is lost."""
    return [] if _short(found) == found else [found]


def _article(line: str) -> str | None:
    found = _ARTICLE.match(line)
    return found[2].strip() if found and not _mentions(found[2]) else None


def _mentions(rest: str) -> bool:
    """“Điều 5 của Quy ước này” in the middle of a sentence that was broken there."""
    return fold(rest).startswith(("cua ", "nay", "va dieu", "luat ", "nghi dinh", "khoan "))


def _chapter(line: str) -> str | None:
    found = _CHAPTER.match(line)
    return found[2].strip() if found and len(line) <= LONGEST_HEADING else None


def _roman(line: str) -> str | None:
    found = _ROMAN.match(line)
    return found[2].strip() if found else None


def _number(line: str) -> str | None:
    found = _NUMBER.match(line)
    return found[2].strip() if found else None


def _letter(line: str) -> str | None:
    found = _LETTER.match(line)
    return found[2].strip() if found else None


def _capitals(line: str) -> str | None:
    """A short line in capitals that is no part of the document's head."""
    shouted = len(line) <= LONGEST_HEADING and line.isupper() and sum(map(str.isalpha, line)) > 1
    return line if shouted and not fold(line).startswith(FOLDED_PREAMBLE) else None
