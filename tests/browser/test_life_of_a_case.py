"""The whole life of a case: a resident at the chat, two communes at a phone, the province at a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.official import Official
from tests.browser.resident import REPLY_MS, Resident
from tests.browser.screens import look_at
from tests.browser.site import Site

pytestmark = pytest.mark.browser
HAND = {"width": 390, "height": 844}
OURS, THEIRS = "xã Nậm Lúa", "xã Pá Mùa"
type LogIn = Callable[..., Official]


class Worker:
    """An official at the page of one case."""

    def __init__(self, page: Page, code: str) -> None:
        self.page, self.address = page, f"/console/cases/{code}"

    def look(self) -> None:
        self.page.goto(self.address)

    def unfold(self, title: str) -> None:
        """Open a folded form, if it is not open already."""
        form = self.page.locator("details.move").filter(has=self.page.get_by_text(title, exact=True))
        if form.first.get_attribute("open") is None:
            form.first.locator("summary").click()

    def send(self, button: str, told: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.get_by_role("status").first).to_contain_text(told)

    def transfer(self, office: str) -> None:
        self.look()
        self.unfold("Chuyển đơn vị khác")
        self.page.get_by_label("Đơn vị nhận", exact=True).select_option(label=office)
        self.page.get_by_label("Lý do chuyển").select_option("not_our_place")
        self.page.get_by_label("Lời cho đơn vị nhận (không bắt buộc)").fill("Đoạn này bên xã bạn.")
        look_at(self.page, "console-case-transfer", whole=True)
        self.send("Chuyển", "vẫn chịu trách nhiệm")

    def give_back(self) -> None:
        self.look()
        self.unfold("Trả lại nơi chuyển")
        self.page.get_by_label("Lý do trả lại").select_option("not_ours")
        self.page.get_by_label("Giải thích cho nơi chuyển").fill("Theo mốc thì đường này của xã bạn.")
        look_at(self.page, "console-case-return", whole=True)
        self.send("Trả lại", "Đã trả lại")

    def ask(self, words: str) -> None:
        self.unfold("Hỏi thêm người dân")
        self.page.get_by_label("Cần người dân bổ sung điều gì").fill(words)
        self.send("Gửi câu hỏi", "chờ người dân bổ sung")

    def answer(self, words: str) -> None:
        self.unfold("Trả lời người dân")
        self.page.get_by_label("Kết quả").select_option("resolved")
        self.page.get_by_label("Nội dung trả lời").fill(words)
        self.send("Gửi trả lời", "đã trả lời")


@pytest.fixture
def phones(contexts: Callable[..., BrowserContext], site: Site) -> LogIn:
    """Logs an official in on a phone: ``phones(role, commune)``."""

    def log_in(role: str, commune: str = "") -> Official:
        page = contexts(viewport=HAND, is_mobile=True, has_touch=True).new_page()
        return Official(page, site.account(role, commune))

    return log_in


def code_of(receipt: Locator) -> str:
    return receipt.locator(".card .code dd").first.inner_text()


def test_from_the_first_word_to_the_end(resident: Resident, phones: LogIn, official: LogIn, marker: str) -> None:
    words = f"đường vào bản Pá Hốc {OURS} sạt lở ở khúc cua, xe không qua được, {marker}"
    code = code_of(resident.report(words))
    staff = Worker(phones("commune_staff", OURS).page, code)
    neighbour = Worker(phones("commune_staff", THEIRS).page, code)
    boss = Worker(official("province_coordinator").page, code)

    _received_asked_answered(resident, staff)
    staff.transfer(f"UBND {THEIRS}")
    neighbour.page.goto("/console/cases?view=to_us")
    look_at(neighbour.page, "console-cases-to-us", whole=True)
    neighbour.give_back()
    staff.transfer(f"UBND {THEIRS}")
    neighbour.give_back()
    _assigned_by_the_coordinator(boss, f"UBND {OURS}", code)
    _answered_rated_reopened(resident, staff)
    _closed(staff)
    expect(resident.heard.last).to_contain_text("đã kết thúc", timeout=REPLY_MS)
    look_at(staff.page, "console-case-closed", whole=True)


def _received_asked_answered(resident: Resident, staff: Worker) -> None:
    staff.page.goto("/console/cases")
    look_at(staff.page, "console-cases-phone", whole=True)
    staff.look()
    look_at(staff.page, "console-case-new", whole=True)
    staff.send("Tiếp nhận", "đã tiếp nhận")
    staff.ask("Bác cho biết đoạn sạt dài bao nhiêu?")
    asked = resident.page.locator(".message").filter(has_text="đoạn sạt dài bao nhiêu")
    expect(asked).to_be_visible(timeout=REPLY_MS)
    expect(resident.press("Trả lời")).to_contain_text("bổ sung")
    expect(resident.say("dài chừng hai chục mét, đất lấp hết mặt đường")).to_contain_text("đã ghi thêm")
    staff.look()
    expect(staff.page.locator(".history .news")).to_contain_text("hai chục mét")
    look_at(staff.page, "console-case-news", whole=True)


def _assigned_by_the_coordinator(boss: Worker, office: str, code: str) -> None:
    boss.page.goto("/console/cases?view=here")
    look_at(boss.page, "console-cases-coordinator", whole=True)
    boss.page.get_by_role("link", name=code).click()
    boss.unfold("Giao nơi giải quyết")
    boss.page.get_by_label("Đơn vị nhận", exact=True).first.select_option(label=office)
    boss.page.get_by_label("Căn cứ giao việc").fill("Theo mốc lộ giới.")
    look_at(boss.page, "console-case-disputed", whole=True)
    boss.send("Giao đơn vị này", "Đã giao nơi giải quyết")


def _answered_rated_reopened(resident: Resident, staff: Worker) -> None:
    staff.look()
    staff.answer("Xã đã thuê máy gạt xong đoạn sạt.")
    expect(resident.heard.last).to_contain_text("báo đã giải quyết xong", timeout=REPLY_MS)
    resident.press("Đánh giá")
    resident.say("2 sao")
    staff.look()
    expect(staff.page.locator(".stars")).to_have_text("★★☆☆☆")
    look_at(staff.page, "console-case-rated", whole=True)
    resident.say(f"mở lại phiếu {staff.address.rsplit('/', 1)[1]}")
    resident.say("mưa xuống lại sạt tiếp, xe vẫn không qua được")
    staff.look()
    expect(staff.page.locator(".note.news")).to_contain_text("yêu cầu mở lại")
    look_at(staff.page, "console-case-reopened", whole=True)


def _closed(staff: Worker) -> None:
    staff.send("Tiếp nhận", "đã tiếp nhận")
    staff.answer("Xã đã kè rọ đá, thông đường.")
    staff.unfold("Kết thúc")
    staff.send("Kết thúc", "đã kết thúc")


def test_two_about_the_same_become_one(
    resident: Resident, contexts: Callable[..., BrowserContext], phones: LogIn, marker: str
) -> None:
    words = f"rác chất đống ở nhà văn hóa bản Pá Hốc {OURS} mấy tuần không ai dọn, mùi hôi lắm, {marker}"
    first = code_of(resident.report(words))
    page = contexts().new_page()
    page.goto("/")
    second = code_of(Resident(page).report(words))
    staff = Worker(phones("commune_staff", OURS).page, second)
    staff.look()
    staff.page.get_by_role("link", name="Tìm phiếu cùng việc để gộp").click()
    look_at(staff.page, "console-merge", whole=True)
    candidate = staff.page.get_by_role("listitem").filter(has=staff.page.get_by_role("link", name=first))
    candidate.get_by_role("button", name="Gộp vào phiếu này").click()
    staff.page.get_by_role("dialog").get_by_role("button", name="Đồng ý").click()
    expect(staff.page.get_by_role("status").first).to_contain_text("Đã gộp")
    look_at(staff.page, "console-case-merged", whole=True)
    staff.page.goto(f"/console/cases/{first}")
    expect(staff.page.locator(".facts")).to_contain_text("2 người")
    expect(Resident(page).heard.last).to_contain_text("được gộp với phiếu khác", timeout=REPLY_MS)
