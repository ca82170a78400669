"""What an administrator sees of the account and does about it: how the grant stands, the consent."""

from dataclasses import dataclass
from datetime import datetime

from bot.channels.zalo.grants import Grants
from bot.channels.zalo.models import ZaloGrant
from bot.channels.zalo.oauth import NotGranted, NotReached
from bot.db import unit_of_work

NOT_GRANTED = (
    "Zalo không cấp quyền (mã {code}). Mỗi lần cho phép chỉ dùng được một lần, trong 10 phút: hãy bấm “Cho phép "
    "kết nối” lần nữa. Nếu vẫn lỗi, hãy kiểm tra ZALO_APP_SECRET và “Code challenge” đã khai ở trang của Zalo."
)


@dataclass(frozen=True)
class Standing:
    """How the grant stands; tokens are never shown."""

    oa_id: str
    consented_at: datetime
    obtained_at: datetime
    expires_at: datetime
    broken_since: datetime | None
    broken_why: str | None


@dataclass(frozen=True)
class ZaloAccount:
    """One per web process. ``oa_id`` is the account that the settings name, or ""."""

    grants: Grants
    oa_id: str
    webhook_url: str

    @property
    def consent_link(self) -> str:
        return self.grants.app.consent_link()

    @property
    def callback_url(self) -> str:
        return self.grants.app.redirect_uri

    @property
    def challenge(self) -> str:
        return self.grants.app.challenge

    async def standing(self) -> Standing | None:
        """None before the first consent."""
        async with unit_of_work(self.grants.engine) as session:
            found = await session.get(ZaloGrant, self.grants.app.app_id)
        if found is None:
            return None
        return Standing(
            found.oa_id,
            found.consented_at,
            found.obtained_at,
            found.expires_at,
            found.broken_since,
            found.broken_why,
        )

    async def consent(self, code: str, oa_id: str, official_id: int) -> str | None:
        """Exchange the code for the first pair; why not, in words for the administrator, or None."""
        if self.oa_id and oa_id != self.oa_id:
            return f"Trang vừa cho phép (mã {oa_id or 'trống'}) không phải trang ghi ở ZALO_OA_ID ({self.oa_id})."
        try:
            await self.grants.consent(code, oa_id, official_id)
        except NotGranted as refused:
            return NOT_GRANTED.format(code=refused.code)
        except NotReached:
            return "Chưa gọi được Zalo. Hãy thử lại sau ít phút."
        return None
