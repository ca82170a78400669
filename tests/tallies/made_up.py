"""A made-up province for tests: two communes, their offices, and one official for each role."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.conversations.models import Conversation, GuidanceGiven, Message
from bot.language import fold
from bot.officials import passwords
from bot.officials.models import Office, Official
from bot.officials.permissions import ROLES
from bot.places.models import Commune, Province

PASSWORD = "a password only for tests"  # pragma: allowlist secret
NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
COMMUNE_ROLES = ("commune_staff", "commune_leader")


@dataclass
class MadeUp:
    """What was made. Officials by user name: the role, and “staff2” for the second commune's staff."""

    communes: list[Commune] = field(default_factory=list)
    offices: dict[str, Office] = field(default_factory=dict)
    officials: dict[str, Official] = field(default_factory=dict)
    _codes: Any = field(default_factory=lambda: count(1))

    async def talk(self, session: AsyncSession, said: str = "Tôi muốn gặp cán bộ", **values: Any) -> Conversation:
        """A talk that waits for the first commune's office, with one message of the resident."""
        given: dict[str, Any] = {
            "channel": "web",
            "external_user": str(uuid4()),
            "owner": "official",
            "office_id": self.offices["first"].id,
            "commune_id": self.communes[0].id,
            "handover_reason": "asked",
            "waiting_since": NOON,
            "created_at": NOON,
            "last_at": NOON,
        }
        conversation = Conversation(**(given | values))
        session.add(conversation)
        await session.flush()
        await self.message(session, conversation, said)
        return conversation

    async def message(self, session: AsyncSession, talk: Conversation, text: str, **values: Any) -> Message:
        """One more message of the talk."""
        given: dict[str, Any] = {"sender": "resident", "text": text, "at": NOON, "state": "done", "body": {}}
        message = Message(conversation_id=talk.id, **(given | values))
        session.add(message)
        await session.flush()
        return message

    async def case(self, session: AsyncSession, talk: Conversation, **values: Any) -> Case:
        """A case row as a tally sees it: without history."""
        number = next(self._codes)
        given: dict[str, Any] = {
            "code": f"TEST-{number}",
            "kind": "recommendation",
            "field": "roads",
            "state": "new",
            "office_id": self.offices["first"].id,
            "commune_id": self.communes[0].id,
            "place": "đầu bản, cạnh nhà mẫu",
            "description": "Đường vào bản hỏng nặng",
            "visibility": "officials",
            "message_id": -number,
            "consent_version": "test",
            "consent_channel": "web",
            "created_at": NOON,
            "updated_at": NOON,
        }
        case = Case(id=uuid4(), conversation_id=talk.id, **(given | values))
        case.to_office_id = self.offices["second"].id if case.state == "transferred" else None
        case.merged_into_id = case.id if case.state == "merged" else None
        session.add(case)
        await session.flush()
        return case

    async def guide(self, session: AsyncSession, kind: str, at: datetime, commune: Commune | None) -> None:
        """Guidance on a complaint or denunciation was given."""
        number = next(self._codes)
        session.add(GuidanceGiven(kind=kind, message_id=-number, commune_id=commune.id if commune else None, at=at))
        await session.flush()


async def make(session: AsyncSession) -> MadeUp:
    """The province, flushed."""
    made = MadeUp()
    session.add(Province(name="Tỉnh thử", sample=True))
    for slug, name in (("first", "Bản Thử"), ("second", "Bản Khác")):
        commune = Commune(slug=slug, kind="xã", name=name, folded=fold(name))
        session.add(commune)
        await session.flush()
        made.communes.append(commune)
        made.offices[slug] = Office(slug=slug, name=f"UBND xã {name}", level="commune", commune_id=commune.id)
    made.offices["province"] = Office(slug="province", name="Đầu mối tỉnh", level="province", coordinates=True)
    session.add_all(made.offices.values())
    await session.flush()
    hashed = passwords.hashed(PASSWORD)
    for username, (role, office) in _accounts(made.offices).items():
        title = f"{ROLES[role][0]} {username}"
        made.officials[username] = Official(
            username=username, role=role, title=title, office=office, office_id=office.id, password_hash=hashed
        )
    session.add_all(made.officials.values())
    await session.flush()
    return made


def _accounts(offices: Mapping[str, Office]) -> dict[str, tuple[str, Office]]:
    by_role = {role: (role, offices["first" if role in COMMUNE_ROLES else "province"]) for role in ROLES}
    return by_role | {"staff2": ("commune_staff", offices["second"]), "colleague": ("commune_staff", offices["first"])}
