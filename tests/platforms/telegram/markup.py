"""Telegram's HTML: which tags there are, how text is read out of it, what is refused."""

from html.parser import HTMLParser

TAGS = frozenset("b strong i em u ins s strike del span tg-spoiler a tg-emoji code pre blockquote".split())


class CannotParse(ValueError):
    """As Telegram answers it."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise CannotParse(f'Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            expected = self.open[-1] if self.open else ""
            raise CannotParse(f'Unmatched end tag, expected "</{expected}>", found "</{tag}>"')
        self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise CannotParse(f'Unsupported start tag "{tag}/"')

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise CannotParse("Unsupported start tag")

    def handle_decl(self, decl: str) -> None:
        raise CannotParse("Unsupported start tag")


def plain(html: str) -> str:
    """The text of a message in HTML; raises ``CannotParse`` where Telegram would refuse it."""
    reader = _Reader()
    _no_loose_brackets(html)
    reader.feed(html)
    reader.close()
    if reader.open:
        raise CannotParse(f'Can\'t find end tag corresponding to start tag "{reader.open[-1]}"')
    return "".join(reader.text)


def _no_loose_brackets(html: str) -> None:
    """A “<” that begins no tag is what Python's parser lets pass and Telegram does not."""
    for place, letter in enumerate(html):
        after = html[place + 1 : place + 2]
        if letter == "<" and not (after.isascii() and (after.isalpha() or after == "/")):
            raise CannotParse("Unsupported start tag")


def length(text: str) -> int:
    """As Telegram counts: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
