"""A resident at the chat page."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

REPLY_MS = 30_000
"""Longer than any reply takes on a busy machine."""


class Resident:
    """One open chat page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.log = page.get_by_role("log", name="Cuộc trò chuyện")
        self.box = page.get_by_label("Bác muốn hỏi hoặc phản ánh điều gì?")
        self.own = page.locator(".message.resident")
        self.heard = page.locator(".message:not(.resident)")

    def send(self, words: str) -> None:
        """Write and press “Gửi”; nothing is waited for."""
        self.box.fill(words)
        self.page.get_by_role("button", name="Gửi", exact=True).click()

    def say(self, words: str) -> Locator:
        """Send it and wait → the reply's message."""
        before = self.heard.count()
        self.send(words)
        return self.reply_after(before)

    def press(self, label: str) -> Locator:
        """Press a button of the last reply and wait → the next reply's message."""
        before = self.heard.count()
        self.heard.last.get_by_role("button", name=label).click()
        return self.reply_after(before)

    def reply_after(self, before: int) -> Locator:
        """Wait until more than ``before`` replies stand here → the last."""
        expect(self.heard.nth(before)).to_be_attached(timeout=REPLY_MS)
        return self.heard.last

    def report(self, words: str) -> Locator:
        """Tell of something that happened, to the receipt → its message."""
        expect(self.say(words)).to_contain_text("ai được biết")
        expect(self.press("Chỉ cán bộ")).to_contain_text("đồng ý")
        self.press("Đồng ý")
        receipt = self.page.locator(".message.kind-receipt").last
        expect(receipt).to_be_visible(timeout=REPLY_MS)
        return receipt

    def texts(self) -> list[str]:
        """Every message as it is read on the page, oldest first, without its time."""
        return self.page.evaluate(
            "() => [...document.querySelectorAll('.message .bubble')].map(b => {"
            "const c = b.cloneNode(true); c.querySelector('time')?.remove(); return c.textContent; })"
        )

    def kept(self) -> list[dict[str, Any]]:
        """Every message as the server keeps it."""
        return self.page.evaluate("async () => (await (await fetch('/api/v1/chat/messages')).json()).messages")
