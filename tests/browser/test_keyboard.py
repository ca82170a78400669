"""The chat by keyboard alone, in a window as narrow as a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.resident import Resident
from tests.browser.screens import PHONE

pytestmark = pytest.mark.browser
MANY_KEYS = 40

_FOCUS = """
() => {
  const node = document.activeElement;
  const { left, top, width, height } = node.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, top + Math.min(height, innerHeight) / 2);
  return {
    words: node.textContent.trim() || node.id,
    outlined: getComputedStyle(node).outlineStyle !== "none",
    uncovered: node.contains(hit) || hit?.contains(node),
  };
}
"""


@pytest.fixture
def resident(contexts: Callable[..., BrowserContext]) -> Resident:
    page = contexts(viewport=PHONE).new_page()
    page.goto("/")
    return Resident(page)


def step_to(page: Page, words: str, key: str = "Tab") -> None:
    """Press the key until the focus is on these words; at every stop one sees where it is."""
    for _ in range(MANY_KEYS):
        page.keyboard.press(key)
        focus = page.evaluate(_FOCUS)
        assert focus["outlined"], focus
        assert focus["uncovered"], focus
        if words in focus["words"]:
            return
    pytest.fail(f"{key} never came to “{words}”")


def test_ask_read_on_and_ask_further(resident: Resident) -> None:
    page = resident.page
    step_to(page, "Đến ô nhập câu hỏi")
    page.keyboard.press("Enter")
    expect(resident.box).to_be_focused()
    page.keyboard.type("xa phai cong khai nhung gi cho dan")
    page.keyboard.press("Enter")
    answer = resident.reply_after(0)
    expect(resident.box).to_be_focused()
    step_to(page, "Xem thêm", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(answer.get_by_text("bí mật nhà nước")).to_be_visible()
    label = answer.get_by_role("button").first.inner_text()
    step_to(page, label)
    page.keyboard.press("Enter")
    expect(resident.reply_after(1).locator(".citations")).to_be_visible()
    expect(resident.own.last).to_contain_text(label)
    expect(page.get_by_role("button", name=label)).to_be_focused()


def test_a_suggestion_and_a_report(resident: Resident) -> None:
    page = resident.page
    step_to(page, "Tôi muốn phản ánh đường vào bản bị hỏng")
    page.keyboard.press("Enter")
    expect(resident.reply_after(0)).to_contain_text("ở đâu")
    step_to(page, "text")
    page.keyboard.type("bản Hon, xã Nậm Lúa")
    page.keyboard.press("Enter")
    resident.reply_after(1)
    while resident.page.locator(".kind-ask").last.get_by_role("button", name="Chỉ cán bộ").count() == 0:
        heard = resident.heard.count()
        page.keyboard.type("đường sạt lở, xe máy không qua được, mong xã sửa")
        page.keyboard.press("Enter")
        resident.reply_after(heard)
        assert heard < MANY_KEYS
    for label in ("Chỉ cán bộ", "Đồng ý"):
        heard = resident.heard.count()
        resident.box.focus()
        step_to(page, label, "Shift+Tab")
        page.keyboard.press("Enter")
        resident.reply_after(heard)
    expect(page.locator(".kind-receipt .secret")).to_be_visible()


def test_shift_enter_begins_a_new_line(resident: Resident) -> None:
    resident.box.focus()
    resident.page.keyboard.type("dòng một")
    resident.page.keyboard.press("Shift+Enter")
    resident.page.keyboard.type("dòng hai")
    expect(resident.box).to_have_value("dòng một\ndòng hai")
    expect(resident.own).to_have_count(0)
