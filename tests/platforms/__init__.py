"""Stand-ins for Zalo and Telegram over real HTTP: what they do and how they are driven stands in README.md here."""

from tests.platforms.telegram.app import create as telegram_app
from tests.platforms.zalo.app import create as zalo_app

__all__ = ["telegram_app", "zalo_app"]
