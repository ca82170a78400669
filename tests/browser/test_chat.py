"""The chat page on a phone."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.complaints import Complaints
from tests.browser.resident import Resident
from tests.browser.screens import look_at

pytestmark = pytest.mark.browser
STRIPPED = "xa phai cong khai nhung gi cho dan"


def test_a_question_without_accents_is_answered_with_its_source(resident: Resident) -> None:
    look_at(resident.page, "chat-empty")
    expect(resident.log).to_have_attribute("aria-live", "polite")
    answer = resident.say(STRIPPED)
    expect(answer).to_contain_text("14 nhóm")
    expect(answer.locator(".citations")).to_contain_text("Điều 11")
    expect(answer.locator(".citations")).to_contain_text("Luật 10/2022/QH15")
    expect(answer.locator(".citations")).to_be_visible()
    look_at(resident.page, "chat-answer")
    expect(resident.page.get_by_role("heading", name="Chào bác")).to_be_hidden()


def test_the_rest_of_an_answer_opens_and_closes(resident: Resident) -> None:
    answer = resident.say(STRIPPED)
    rest = answer.get_by_text("bí mật nhà nước")
    expect(rest).to_be_hidden()
    answer.get_by_text("Xem thêm").tap()
    expect(rest).to_be_visible()
    answer.get_by_text("Thu gọn").tap()
    expect(rest).to_be_hidden()


def test_a_button_of_an_answer_asks_further(resident: Resident) -> None:
    answer = resident.say(STRIPPED)
    label = answer.get_by_role("button").first.inner_text()
    further = resident.press(label)
    expect(resident.own.last).to_contain_text(label)
    expect(further.locator(".citations")).to_be_visible()


def test_a_suggestion_is_asked_as_it_stands(resident: Resident) -> None:
    resident.page.get_by_role("button", name="Xã phải công khai những gì cho dân biết?").tap()
    expect(resident.reply_after(0)).to_contain_text("14 nhóm")
    expect(resident.own).to_have_count(1)


def test_a_report_goes_to_its_receipt_and_can_be_asked_about(resident: Resident) -> None:
    receipt = resident.report("đường vào bản Hon xã Nậm Lúa bị sạt, xe không đi được, nhờ xã sửa")
    code, secret = (line.inner_text() for line in receipt.locator(".card .code dd").all())
    assert re.fullmatch(r"[A-Z0-9-]{6,}", code), code
    assert len(secret) >= 6
    assert secret != code
    expect(receipt).to_contain_text("Nậm Lúa")
    receipt.get_by_role("button", name="Chép hai mã").tap()
    expect(receipt.get_by_role("button")).to_contain_text("Đã chép")
    look_at(resident.page, "chat-receipt")
    status = resident.say(f"phiếu {code} đến đâu rồi")
    expect(status.locator(".card")).to_contain_text(code)
    look_at(resident.page, "chat-status")


def test_a_reload_keeps_the_talk(resident: Resident) -> None:
    resident.say(STRIPPED)
    resident.report("cầu treo bản Hon xã Nậm Lúa gãy ván, mong xã thay ván")
    before = resident.texts()
    resident.page.reload()
    expect(resident.page.locator(".message")).to_have_count(len(before))
    assert resident.texts() == before
    expect(resident.say(STRIPPED)).to_contain_text("14 nhóm")


def test_markup_is_shown_as_it_was_typed(resident: Resident) -> None:
    words = "<img src=x onerror=alert(1)><b>xã</b> {{7*7}} &lt;"
    dialogs: list[str] = []
    resident.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    resident.say(words)
    expect(resident.own.last.locator(".own")).to_have_text(words)
    resident.page.reload()
    expect(resident.own.last.locator(".own")).to_have_text(words)
    assert resident.log.locator("img, b").count() == 0
    assert dialogs == []


def test_an_emergency_shows_numbers_to_call(resident: Resident) -> None:
    reply = resident.say("cháy nhà ở bản Hon xã Nậm Lúa, cứu với")
    expect(reply.get_by_role("link", name="Gọi 114")).to_have_attribute("href", "tel:114")
    look_at(resident.page, "chat-emergency")


def test_too_long_a_message_is_not_sent(resident: Resident) -> None:
    resident.send("a" * 4001)
    expect(resident.page.get_by_role("alert")).to_contain_text("dài quá")
    expect(resident.page.get_by_text("Quá 1 ký tự")).to_be_visible()
    expect(resident.own).to_have_count(0)
    look_at(resident.page, "chat-too-long")


def test_large_type_stays_after_a_reload(resident: Resident) -> None:
    def size() -> float:
        return float(resident.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))

    normal = size()
    resident.page.get_by_role("button", name="Chữ to").tap()
    assert size() > normal * 1.2
    resident.page.reload()
    assert size() > normal * 1.2
    resident.say(STRIPPED)
    look_at(resident.page, "chat-large-type")


def test_where_scripts_do_not_start_the_page_says_what_to_do(phone: BrowserContext, complaints: Complaints) -> None:
    complaints.expect("net::ERR_FAILED")
    phone.route("**/*.js", lambda route: route.abort())
    page = phone.new_page()
    page.goto("/")
    expect(page.get_by_text("Trang mở lâu hơn thường lệ")).to_have_css("opacity", "1")
    expect(page.get_by_text("Trang mở lâu hơn thường lệ")).to_be_visible()
    expect(page.get_by_role("textbox")).to_be_hidden()


def test_each_message_is_drawn_once(resident: Resident) -> None:
    """A screen reader would read it twice, and the focus inside it would be lost."""
    resident.page.evaluate(
        "() => { window.drawn = []; new MutationObserver(all => all.forEach(one => one.addedNodes.forEach("
        "node => window.drawn.push(node.className)))).observe(document.getElementById('log'), {childList: true}); }"
    )
    resident.say(STRIPPED)
    resident.report("cầu treo bản Hon xã Nậm Lúa gãy ván, mong xã thay ván")
    expect(resident.heard.last.locator("time")).not_to_be_empty()
    drawn = [name for name in resident.page.evaluate("window.drawn") if "message" in name]
    assert len(drawn) == resident.page.locator(".message").count()
