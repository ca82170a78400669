"""The Front sees the tally and takes it home."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import expect

from tests.browser.official import Official
from tests.browser.resident import Resident
from tests.browser.screens import look_at

pytestmark = pytest.mark.browser
STORY = "đường vào bản Hon xã Nậm Lúa bị sạt, {}, nhờ xã sửa"


def column(sheet: Worksheet, number: int) -> list[object]:
    return [row[number].value for row in sheet.iter_rows()]


def test_from_the_total_to_the_list_to_the_workbook(
    resident: Resident, official: Callable[..., Official], marker: str, tmp_path: Path
) -> None:
    receipt = resident.report(STORY.format(marker))
    code = receipt.locator(".card .code dd").first.inner_text()
    page = official("front").page
    expect(page).to_have_title("Thống kê – Bàn làm việc")
    total = int(page.locator(".total strong").inner_text())
    assert total >= 1
    look_at(page, "console-tally", whole=True)
    roads = page.get_by_role("row").filter(has_text="iao thông").get_by_role("link")
    number = int(roads.inner_text())
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Tải bảng tính (XLSX)").click()
    roads.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{number} vụ việc")
    expect(page.locator("tbody tr")).to_have_count(number)
    expect(page.locator("tbody")).to_contain_text("Nậm Lúa")
    for told in (marker, code, "bản Hon"):
        assert told not in page.content()
    look_at(page, "console-tally-list", whole=True)

    assert downloading.value.suggested_filename.endswith(".xlsx")
    file = tmp_path / "tally.xlsx"
    downloading.value.save_as(file)
    assert marker.encode() not in file.read_bytes()
    book = load_workbook(file)
    for sheet in book.worksheets[:5]:
        assert (column(sheet, 0)[-1], column(sheet, 1)[-1]) == ("Cộng", total), sheet.title
    listed = book["Danh sách"]
    assert isinstance(listed, Worksheet)
    assert column(listed, 0)[-1] == total
    words = " ".join(str(cell) for row in listed.iter_rows(values_only=True) for cell in row)
    assert "Nậm Lúa" in words
    for told in (marker, code, "bản Hon"):
        assert told not in words


def test_the_total_grows_with_a_case_and_follows_the_filter(
    resident: Resident, official: Callable[..., Official], marker: str
) -> None:
    page = official("front").page
    before = int(page.locator(".total strong").inner_text())
    resident.report(STORY.format(marker))
    page.reload()
    assert int(page.locator(".total strong").inner_text()) > before
    page.get_by_label("Đến hết ngày").fill("2020-01-01")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator(".total strong")).to_have_text("0")
    look_at(page, "console-tally-nothing", whole=True)
