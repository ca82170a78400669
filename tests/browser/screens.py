"""Pictures of pages, for people to look at: ``reports/screens/<name>-<width>.png``."""

from playwright.sync_api import Page

from bot.settings import PROJECT
from tests.browser.faults import faults

FOLDER = PROJECT / "reports" / "screens"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def look_at(page: Page, name: str, *, whole: bool = False) -> None:
    """Take the page's picture on a phone and on a desk, and fail where it has faults; ``whole``: all its height."""
    before = page.viewport_size
    assert before
    found = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.screenshot(path=FOLDER / f"{name}-{size['width']}.png", full_page=whole, animations="disabled")
        found += [f"{size['width']}: {fault}" for fault in faults(page)]
    page.set_viewport_size(before)
    assert found == [], name
