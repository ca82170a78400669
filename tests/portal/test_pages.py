"""The page everyone sees, and what machines ask: is it well, is it ready."""

from html.parser import HTMLParser

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Page(HTMLParser):
    """A page's elements, and whether every one is closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture
async def chat(web: httpx.AsyncClient) -> httpx.Response:
    response = await web.get("/")
    assert response.status_code == 200
    return response


async def test_the_chat_page_is_whole(chat: httpx.Response) -> None:
    page = Page(chat.text)
    assert page.all("html")[0]["lang"] == "vi"
    assert page.all("title")
    assert any("width=device-width" in (m.get("content") or "") for m in page.all("meta"))
    ids = [attributes["id"] for _, attributes in page.found if attributes.get("id")]
    assert len(ids) == len(set(ids))
    assert page.all("main")


async def test_every_field_has_its_label(chat: httpx.Response) -> None:
    page = Page(chat.text)
    labelled = {label.get("for") for label in page.all("label")}
    for tag in ("input", "textarea", "select"):
        for field in page.all(tag):
            if field.get("type") != "hidden":
                assert field.get("id") in labelled or field.get("aria-label"), field
    for button in page.all("button"):
        assert button.get("type"), button


async def test_the_page_says_it_is_a_sample_and_who_keeps_what(chat: httpx.Response) -> None:
    assert "mẫu" in chat.text
    assert "xóa dữ liệu của tôi" in chat.text


async def test_everything_it_loads_is_served_by_us(web: httpx.AsyncClient, chat: httpx.Response) -> None:
    page = Page(chat.text)
    loaded = [a.get("src") for a in page.all("script") + page.all("img")] + [a.get("href") for a in page.all("link")]
    for address in {str(address) for address in loaded if address}:
        assert address.startswith("/"), address
        assert not address.startswith("//"), address
        assert (await web.get(address)).status_code == 200, address


async def test_a_strict_content_policy_and_nothing_inline(chat: httpx.Response) -> None:
    policy = chat.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    page = Page(chat.text)
    assert all(script.get("src") for script in page.all("script"))
    assert not [a for _, attributes in page.found for a in attributes if a.startswith("on") or a == "style"]
    assert chat.headers["x-content-type-options"] == "nosniff"


async def test_health_names_every_part(web: httpx.AsyncClient) -> None:
    response = await web.get("/health")
    body = response.json()
    assert response.status_code == 200  # messages can be kept
    assert body["status"] == "degraded"  # no worker, no Rasa, no actions in this test
    assert set(body["parts"]) == {"database", "worker", "rasa", "actions", "knowledge", "deliveries"}
    assert all(set(part) == {"status", "detail"} for part in body["parts"].values())
    assert body["parts"]["database"]["detail"].startswith("PostgreSQL")


async def test_a_worker_is_up_while_its_heart_beats(web: httpx.AsyncClient, town: AsyncEngine) -> None:
    async def status() -> str:
        return str((await web.get("/health")).json()["parts"]["worker"]["status"])

    assert await status() == "down"
    beat = "insert into procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => :age))"
    for age, expected in ((30, "down"), (1, "ok")):
        async with town.begin() as connection:
            await connection.execute(text(beat), {"age": age})
        assert await status() == expected
    async with town.begin() as connection:
        await connection.execute(text("delete from procrastinate_workers"))


async def test_ready_gates_until_every_part_is_up(web: httpx.AsyncClient) -> None:
    response = await web.get("/ready")
    assert response.status_code == 503
    assert response.json()["ready"] is False
    assert {"worker", "rasa", "actions"} <= set(response.json()["waiting_for"])


@pytest.mark.parametrize("path", ["/nothing", "/static/../settings.py", "/static/nothing.css", "/console/nothing"])
async def test_no_such_page_says_so_politely(web: httpx.AsyncClient, path: str) -> None:
    response = await web.get(path)
    assert response.status_code in (302, 303, 307, 404, 401, 403)
    if response.status_code == 404 and "html" in response.headers["content-type"]:
        page = Page(response.text)
        assert page.all("html")[0]["lang"] == "vi"
        assert any(link.get("href") == "/" for link in page.all("a")) or path.startswith("/console")
