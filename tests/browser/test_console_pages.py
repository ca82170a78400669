"""Every page of the console as its roles see it: without faults, on a phone and on a desk."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.complaints import Complaints
from tests.browser.official import Official
from tests.browser.resident import Resident
from tests.browser.screens import look_at

pytestmark = pytest.mark.browser


@pytest.fixture
def page(contexts: Callable[..., BrowserContext]) -> Page:
    return contexts(viewport={"width": 1280, "height": 800}).new_page()


def test_logging_in(page: Page, complaints: Complaints) -> None:
    complaints.expect(r"status of 401 .*/console/login")
    page.goto("/console")
    expect(page).to_have_url(re.compile("/console/login$"))
    look_at(page, "console-login")
    page.get_by_label("Tên đăng nhập").fill("khong.co.ai")
    page.get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("chưa đúng")
    look_at(page, "console-login-refused")


@pytest.mark.parametrize(
    ("role", "lands_on"),
    [
        ("commune_leader", "/console/waiting"),
        ("province_department", "/console/waiting"),
        ("province_coordinator", "/console/waiting"),
        ("front", "/console/tally"),
        ("knowledge_editor", "/console/conventions"),
        ("auditor", ""),
        ("administrator", "/console/routing"),
    ],
)
def test_where_each_role_begins_and_what_its_menu_opens(
    official: Callable[..., Official], role: str, lands_on: str
) -> None:
    page = official(role).page
    assert page.url.removesuffix("/").endswith(lands_on)
    look_at(page, f"console-{role}", whole=True)
    links = page.get_by_role("navigation", name="Các mục").get_by_role("link")
    for address in [link.get_attribute("href") for link in links.all()]:
        assert address
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("[aria-current=page]")).to_have_attribute("href", address)
        look_at(page, f"console-{role}-{address.rsplit('/', 1)[1]}", whole=True)


def test_a_case_from_the_list_to_its_answer(resident: Resident, official: Callable[..., Official], marker: str) -> None:
    receipt = resident.report(f"rác đổ đầy bờ suối ở bản Pá Hốc xã Nậm Lúa, {marker}, mong xã dọn")
    code = receipt.locator(".card .code dd").first.inner_text()
    page = official("commune_staff", "Nậm Lúa").page
    page.get_by_role("link", name="Vụ việc").click()
    page.get_by_text("Tìm và lọc").click()
    page.get_by_label("Mã vụ việc").fill(code)
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("link", name=code).click()
    expect(page.locator(".panel .words").first).to_contain_text(marker)
    look_at(page, "console-case-new", whole=True)
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.get_by_role("status")).to_be_visible()
    look_at(page, "console-case-received", whole=True)


def test_what_cannot_be_opened_says_so(official: Callable[..., Official], complaints: Complaints) -> None:
    complaints.expect(r"status of 40[34]")
    page = official("front").page
    page.goto("/console/khong-co-trang-nay")
    expect(page.get_by_role("heading", level=1)).to_have_text("Không tìm thấy trang này")
    look_at(page, "console-not-found")
    page.goto("/console/waiting")
    expect(page.get_by_role("heading", level=1)).to_contain_text("không mở được")
    look_at(page, "console-forbidden")
    page.get_by_role("link", name="Về trang chính").click()
    expect(page).to_have_title("Thống kê – Bàn làm việc")
