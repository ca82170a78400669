"""When PostgreSQL is away nothing is kept, and the sender is told to send again."""

import httpx
import pytest

from bot.app import create_app
from bot.settings import Settings
from tests.conversations.stand_in import serve

NOWHERE = "postgresql://xahoi@127.0.0.1:9/xahoi"


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api/v1/chat"), ("GET", "/health"), ("GET", "/ready"), ("GET", "/")]
)
async def test_the_database_is_down(method: str, path: str) -> None:
    app = create_app(Settings(database_url=NOWHERE, clock=None, public_url=""))
    async for url in serve(app, lifespan="on"):
        async with httpx.AsyncClient(base_url=url, timeout=10) as client:
            response = await client.request(method, path, json={"text": "alo"} if method == "POST" else None)
    assert response.status_code == 503
    if path.startswith("/api"):
        assert response.json()["error"]["code"] == "unavailable"
        assert "gửi lại" in response.json()["error"]["message"]
        assert int(response.headers["Retry-After"]) > 0
    if path == "/health":
        body = response.json()
        assert body["status"] == "down"
        assert {part["status"] for part in body["parts"].values()} <= {"ok", "down"}
