"""What an Official Account's administrator granted."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class ZaloGrant(Base):
    """The tokens of an app for its account, encrypted; each refresh ends the pair before it."""

    __tablename__ = "zalo_grants"

    app_id: Mapped[str] = mapped_column(primary_key=True)
    oa_id: Mapped[str]
    access_token: Mapped[bytes] = mapped_column(LargeBinary)
    refresh_token: Mapped[bytes] = mapped_column(LargeBinary)
    obtained_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    """When the access token ends; the refresh token lives three months."""
    consented_at: Mapped[datetime]
    consented_by: Mapped[int | None]
    """The official who agreed; no foreign key, accounts may be removed."""
    broken_since: Mapped[datetime | None]
    """Since when it cannot be refreshed: only a new consent helps."""
    broken_why: Mapped[str | None]
    """Zalo's code."""
