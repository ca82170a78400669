"""An official or a member of the Front at the console."""

from playwright.sync_api import Locator, Page, expect

FOLLOW_MS = 20_000
"""The lists look for news every ten seconds."""


class Official:
    """One browser, logged in."""

    def __init__(self, page: Page, account: tuple[str, str]) -> None:
        self.page = page
        page.goto("/console")
        page.get_by_label("Tên đăng nhập").fill(account[0])
        page.get_by_label("Mật khẩu").fill(account[1])
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()

    def waiting(self, words: str) -> Locator:
        """The line of the waiting list in which these words stand."""
        return self.page.get_by_role("link").filter(has_text=words)

    def open_talk(self, words: str) -> None:
        """From the list to the talk whose last words these are."""
        expect(self.waiting(words)).to_be_visible(timeout=FOLLOW_MS)
        self.waiting(words).click()
        expect(self.page.get_by_role("log", name="Cuộc trò chuyện")).to_contain_text(words)

    def take(self) -> None:
        self.page.get_by_role("button", name="Nhận trả lời").click()
        expect(self.page.get_by_role("status")).to_contain_text("Đã nhận")

    def reply(self, words: str) -> None:
        self.page.get_by_label("Trả lời người dân").fill(words)
        self.page.get_by_role("button", name="Gửi trả lời").click()
        expect(self.page.get_by_role("status")).to_contain_text("Đã gửi")

    def give_back(self) -> None:
        self.page.get_by_role("button", name="Trả lại cho trợ lý").click()
        self.agree()
        expect(self.page.get_by_role("status")).to_contain_text("Đã trả cuộc trò chuyện")

    def seal(self, words: str) -> None:
        """Press “Đây là tố cáo” at the message with these words."""
        message = self.page.get_by_role("article").filter(has_text=words)
        message.get_by_role("button", name="Đây là tố cáo").click()
        self.agree()
        expect(self.page.get_by_role("status")).to_contain_text("Đã cất riêng")

    def agree(self) -> None:
        """Yes to “are you sure”."""
        self.page.get_by_role("dialog").get_by_role("button", name="Đồng ý").click()
