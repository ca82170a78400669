"""A bad network, and several open pages of one resident."""

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.complaints import Complaints
from tests.browser.resident import Resident

pytestmark = pytest.mark.browser
QUESTION = "xã phải công khai những gì cho dân"
NO_NETWORK = r"net::ERR_|Failed to fetch"


def said_once(resident: Resident, words: str) -> None:
    """Said once, answered once: on the page and at the server."""
    expect(resident.own.filter(has_text=words)).to_have_count(1)
    expect(resident.heard).to_have_count(len([m for m in resident.kept() if m["from"] != "resident"]))
    kept = resident.kept()
    assert [m["text"] for m in kept if m["from"] == "resident"].count(words) == 1
    at = next(index for index, m in enumerate(kept) if m["text"] == words)
    assert [m["kind"] for m in kept[at + 1 :]] == ["answer"]


def test_what_is_written_offline_goes_out_when_the_network_is_back(
    resident: Resident, phone: BrowserContext, complaints: Complaints
) -> None:
    complaints.expect(NO_NETWORK)
    resident.say("chào")
    phone.set_offline(True)
    resident.send(QUESTION)
    expect(resident.own.last).to_contain_text("Máy đang mất mạng")
    heard = resident.heard.count()
    phone.set_offline(False)
    expect(resident.reply_after(heard)).to_contain_text("14 nhóm")
    expect(resident.own.last).not_to_contain_text("mất mạng")
    said_once(resident, QUESTION)


def test_what_is_written_offline_outlives_a_reload(
    resident: Resident, phone: BrowserContext, complaints: Complaints
) -> None:
    complaints.expect(NO_NETWORK)
    resident.say("chào")
    resident.page.route("**/api/v1/chat", lambda route: route.abort())
    resident.send(QUESTION)
    expect(resident.own.last).to_contain_text("đang gửi lại")
    resident.page.unroute("**/api/v1/chat")
    heard = resident.heard.count()
    resident.page.reload()
    expect(resident.reply_after(heard)).to_contain_text("14 nhóm")
    said_once(resident, QUESTION)


def test_an_answer_lost_on_the_way_is_not_given_twice(resident: Resident, complaints: Complaints) -> None:
    complaints.expect(NO_NETWORK)
    resident.say("chào")
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    resident.page.route("**/api/v1/chat", lose_the_first)
    heard = resident.heard.count()
    with resident.page.expect_response("**/api/v1/chat") as second_try:
        resident.send(QUESTION)
    assert [reply["kind"] for reply in second_try.value.json()["replies"]] == ["answer"]
    expect(resident.reply_after(heard)).to_contain_text("14 nhóm")
    expect(resident.own.last.locator(".state")).to_be_empty()
    expect(resident.own.last).not_to_have_attribute("data-state", "waiting")
    assert lost == [200]
    said_once(resident, QUESTION)


def test_two_pages_of_one_resident_show_the_same(resident: Resident, phone: BrowserContext) -> None:
    resident.say("chào")
    page = phone.new_page()
    page.goto("/")
    other = Resident(page)
    expect(other.own).to_have_count(1)
    resident.say(QUESTION)
    expect(other.heard.last).to_contain_text("14 nhóm")
    other.say("chủ tịch xã tiếp công dân mấy ngày một tháng?")
    expect(resident.own).to_have_count(3)
    expect(resident.heard).to_have_count(other.heard.count())
    assert resident.texts() == other.texts()


def test_a_page_opened_before_the_first_word_joins_in(resident: Resident, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/")
    other = Resident(page)
    resident.say("chào")
    other.say(QUESTION)
    expect(other.own).to_have_count(2)
    expect(resident.own).to_have_count(2)
    assert sorted(resident.texts()) == sorted(other.texts())
