from tests.platforms.fixtures import telegram, zalo
from tests.platforms.webhook import listener

__all__ = ["listener", "telegram", "zalo"]
