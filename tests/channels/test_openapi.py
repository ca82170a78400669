"""The API's own document: valid, complete, and true under random requests."""

import asyncio
import json
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema_rs import validator_for
from litestar import Litestar
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.webchat import token_of
from tests.conversations.town import say

API = {"/api/v1/chat": {"post"}, "/api/v1/chat/messages": {"get"}, "/api/v1/chat/stream": {"get"}}
FILES = {
    "/api/v1/chat/files": {"post"},
    "/api/v1/chat/files/{media_id}": {"get"},
    "/api/v1/chat/files/{media_id}/thumbnail": {"get"},
}
API = API | FILES
EXAMPLES = 50


@pytest.fixture
async def document(web: httpx.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = (await web.get("/schema/openapi.json")).json()
    return found


async def test_every_route_is_documented(document: dict[str, Any]) -> None:
    assert {path: set(document["paths"][path]) for path in API} == API
    assert {"/health", "/ready"} <= set(document["paths"])
    assert not [path for path in document["paths"] if path.startswith("/console")]


async def test_the_schemas_are_valid(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        validator_for({**schema, "components": document["components"]})


async def test_what_is_sent_is_described(document: dict[str, Any]) -> None:
    body = document["paths"]["/api/v1/chat"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    described = document["components"]["schemas"][body["$ref"].rsplit("/", 1)[1]]
    assert set(described["properties"]) == {"text", "token", "id", "conversation"}


async def test_answers_and_refusals_are_described(document: dict[str, Any]) -> None:
    responses = document["paths"]["/api/v1/chat"]["post"]["responses"]
    assert {"200", "202", "400", "401", "404", "409", "413", "422", "429", "503"} <= set(responses)

    def shape(status: str) -> set[str]:
        content = responses[status]["content"]["application/json"]["schema"]
        return set(document["components"]["schemas"][content["$ref"].rsplit("/", 1)[1]]["properties"])

    assert shape("200") == shape("202") == {"conversation", "owner", "replies"}
    assert shape("429") == shape("400") == {"error"}


async def test_what_is_answered_is_what_is_described(
    document: dict[str, Any], web: httpx.AsyncClient, talk: UUID, town: AsyncEngine
) -> None:
    await say(town, talk, "alo")
    found = await web.get("/api/v1/chat/messages", headers={"Authorization": f"Bearer {token_of(talk)}"})
    described = document["paths"]["/api/v1/chat/messages"]["get"]["responses"]["200"]["content"]["application/json"]
    valid = validator_for({**described["schema"], "components": document["components"]})
    assert list(valid.iter_errors(found.json())) == []


async def test_every_operation_says_what_it_does_in_words(document: dict[str, Any]) -> None:
    for path, methods in API.items():
        for method in methods:
            assert document["paths"][path][method].get("description"), (path, method)


@pytest.mark.slow
async def test_random_requests_never_break_the_server(
    document: dict[str, Any], web_url: str, web_app: Litestar, talk: UUID, tuned: Any
) -> None:
    import schemathesis  # takes seconds to import

    schema = schemathesis.openapi.from_dict(document)
    schema.validate()
    token = token_of(talk)

    def try_all() -> None:
        for path, method in (("/api/v1/chat", "POST"), ("/api/v1/chat/messages", "GET")):
            _try(schema[path][method], web_url, token)

    with tuned(reply_wait_seconds=0.0, messages_per_ten_seconds=10_000, new_conversations_per_minute=10_000):
        await asyncio.to_thread(try_all)


def _try(operation: Any, url: str, token: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def attempt(case: Any) -> None:
        body = case.body if isinstance(case.body, dict | list | str | int | float | bool | None) else None
        with httpx.Client(base_url=url, timeout=10) as client:
            response = client.request(
                operation.method.upper(),
                operation.path,
                content=json.dumps(body).encode() if operation.method.upper() == "POST" else None,
                params=dict(case.query or {}),
                headers={"Authorization": f"Bearer {token}", "content-type": "application/json"},
            )
        assert response.status_code < 500, (case.body, case.query, response.text)
        if response.status_code >= 400:
            assert set(response.json()["error"]) == {"code", "message"}

    attempt()
