"""An official at /console, as a browser without scripts would do it."""

import re
from uuid import UUID

import httpx

_TALK = re.compile(r"/console/conversations/([0-9a-f-]{36})")
_CSRF = re.compile(r'name="(_csrf_token)" value="([^"]+)"')


class Desk:
    """A logged-in official."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=30, follow_redirects=True)
        page = self.http.get("/console/login").text
        answer = self._post(page, "/console/login", username=user, password=password)
        assert answer.status_code == 200, answer.text
        assert not answer.url.path.endswith("/login"), f"{user} was not let in"

    def waiting(self) -> list[UUID]:
        """The talks listed as waiting for this official."""
        page = self.http.get("/console/waiting")
        assert page.status_code == 200, page.text
        return [UUID(found) for found in dict.fromkeys(_TALK.findall(page.text))]

    def read(self, talk: UUID) -> str:
        """The page of a talk."""
        page = self.http.get(self._address(talk))
        assert page.status_code == 200, page.text
        return page.text

    def take(self, talk: UUID) -> str:
        return self._press(talk, "take")

    def reply(self, talk: UUID, words: str) -> str:
        return self._press(talk, "reply", text=words)

    def give_back(self, talk: UUID) -> str:
        return self._press(talk, "give-back")

    def seal(self, talk: UUID, message: str) -> str:
        """Press “Đây là tố cáo” at a message of the resident."""
        return self._press(talk, f"messages/{message}/seal")

    def record(self, words: str, language: str, speaker: str, content: bytes) -> str:
        """Upload a recording, made on 1/11/2026, of “answer:ID” or “section:ID”."""
        fields = {"words": words, "language": language, "speaker": speaker, "recorded_on": "2026-11-01"}
        page = self.http.get("/console/recordings").text
        said = self._post(page, "/console/recordings", {"file": ("voice", content)}, **fields)
        assert "Đã lưu bản ghi" in said.text, said.text
        return said.text

    def _press(self, talk: UUID, what: str, **fields: str) -> str:
        page = self._post(self.read(talk), f"{self._address(talk)}/{what}", **fields)
        assert page.status_code < 500, page.text
        return page.text

    def _post(
        self, page: str, address: str, files: dict[str, tuple[str, bytes]] | None = None, **fields: str
    ) -> httpx.Response:
        found = _CSRF.search(page)
        assert found, f"no CSRF field on the page before {address}"
        return self.http.post(address, data={found[1]: found[2], **fields}, files=files)

    def _address(self, talk: UUID) -> str:
        return f"/console/conversations/{talk}"
