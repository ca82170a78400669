"""A person takes over: the resident's phone and the official's desk side by side."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.complaints import Complaints
from tests.browser.official import Official
from tests.browser.resident import REPLY_MS, Resident
from tests.browser.screens import look_at

pytestmark = pytest.mark.browser
COMMUNE = "xã Nậm Lúa"
PUT_AWAY = "(nội dung đã được cất riêng)"
type LogIn = Callable[..., Official]


def hand_over(resident: Resident, words: str) -> None:
    """The resident asks for an official, and what for."""
    expect(resident.say(f"tôi muốn gặp cán bộ {COMMUNE}")).to_contain_text(COMMUNE)
    expect(resident.page.get_by_text("Đang chờ cán bộ trả lời tại đây")).to_be_visible()
    resident.send(words)
    expect(resident.own.last.locator("time")).not_to_be_empty(timeout=REPLY_MS)


def test_an_official_answers_in_the_same_chat_and_gives_it_back(
    resident: Resident, official: LogIn, marker: str
) -> None:
    hand_over(resident, f"cho tôi hỏi việc chia đất {marker} <b>đậm</b>")
    look_at(resident.page, "chat-handover")
    staff = official("commune_staff", COMMUNE)
    look_at(staff.page, "console-waiting", whole=True)
    staff.open_talk(marker)
    expect(staff.page.get_by_text("<b>đậm</b>")).to_be_visible()
    look_at(staff.page, "console-talk-free", whole=True)
    staff.take()
    staff.reply(f"Chào bác, xã họp dân sáng mai. <i>{marker}</i>")
    expect(resident.heard.last).to_contain_text(f"Chào bác, xã họp dân sáng mai. <i>{marker}</i>")
    expect(resident.heard.last.locator(".who")).to_contain_text("Cán bộ")
    expect(resident.page.get_by_text("Cán bộ đang trả lời bác tại đây.")).to_be_visible()
    look_at(resident.page, "chat-official")
    resident.send("vâng, mấy giờ ạ")
    expect(staff.page.get_by_text("vâng, mấy giờ ạ")).to_be_visible(timeout=REPLY_MS)
    look_at(staff.page, "console-talk-taken", whole=True)
    heard = resident.heard.count()
    staff.give_back()
    expect(staff.waiting(marker)).to_have_count(0)
    resident.reply_after(heard)
    expect(resident.page.locator("#banner")).to_be_hidden()
    expect(resident.say("xã phải công khai những gì cho dân")).to_contain_text("14 nhóm")


def test_a_talk_shows_up_at_the_desk_by_itself(resident: Resident, official: LogIn, marker: str) -> None:
    staff = official("commune_staff", COMMUNE)
    hand_over(resident, f"hỏi về {marker}")
    staff.open_talk(marker)


def test_what_an_official_said_meanwhile_comes_with_the_network(
    resident: Resident, phone: BrowserContext, official: LogIn, complaints: Complaints, marker: str
) -> None:
    complaints.expect("net::ERR_")
    hand_over(resident, f"hỏi về {marker}")
    staff = official("commune_staff", COMMUNE)
    staff.open_talk(marker)
    phone.set_offline(True)
    staff.take()
    staff.reply("Chào bác, có ngay.")
    staff.reply("Bác mang theo đơn nhé.")
    phone.set_offline(False)
    spoken = resident.page.locator(".message.official")
    expect(spoken.last).to_contain_text("Bác mang theo đơn nhé.", timeout=REPLY_MS)
    expect(spoken).to_have_count(2)


def test_a_denunciation_told_to_an_official_vanishes_from_both_pages(
    resident: Resident, official: LogIn, marker: str
) -> None:
    hand_over(resident, f"tôi kể riêng việc {marker} này")
    staff = official("commune_staff", COMMUNE)
    staff.open_talk(marker)
    staff.take()
    staff.seal(marker)
    expect(resident.own.filter(has_text=PUT_AWAY)).to_be_visible(timeout=REPLY_MS)
    look_at(resident.page, "chat-sealed")
    look_at(staff.page, "console-talk-sealed", whole=True)
    for page in (resident.page, staff.page):
        assert marker not in page.content()
        page.reload()
        expect(page.locator(".sealed").first).to_be_visible()
        assert marker not in page.content()
        assert marker not in page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    staff.page.goto("/console/waiting")
    assert marker not in staff.page.content()


def test_asking_to_be_sure_can_be_answered_with_no(resident: Resident, official: LogIn, marker: str) -> None:
    hand_over(resident, f"hỏi về {marker}")
    staff = official("commune_staff", COMMUNE)
    staff.open_talk(marker)
    staff.take()
    staff.page.get_by_role("article").filter(has_text=marker).get_by_role("button", name="Đây là tố cáo").click()
    look_at(staff.page, "console-are-you-sure")
    staff.page.get_by_role("dialog").get_by_role("button", name="Không").click()
    staff.page.reload()
    expect(staff.page.get_by_role("log", name="Cuộc trò chuyện")).to_contain_text(marker)
