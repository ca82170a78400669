"""What the browser itself complains about: errors on its console, exceptions nobody caught."""

import re

from playwright.sync_api import ConsoleMessage, Page

# The page cannot see its HttpOnly cookie, so a newcomer's first look for an earlier talk is answered “none”.
NO_TALK_YET = re.compile(r"401 .*/api/v1/chat/messages")


class Complaints:
    """Collected from every page it is told to listen to."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.expected = [NO_TALK_YET]

    def listen(self, page: Page) -> None:
        """Hear this page from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"exception: {error}"))

    def expect(self, pattern: str) -> None:
        """This one belongs to the test."""
        self.expected.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        """Those that no test asked for."""
        return [words for words in self.heard if not any(pattern.search(words) for pattern in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.heard.append(f"{message.text} {message.location.get('url', '')}")
