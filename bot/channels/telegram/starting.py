"""What is set at Telegram when we start: where updates go, the menu and its commands."""

import hmac

from telegram import Bot, BotCommand, MenuButtonCommands

from bot.channels.telegram.commands import MENU
from bot.channels.telegram.reading import WANTED
from bot.settings import derive

PATH = "/webhooks/telegram"
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 -- the name of a header  # pragma: allowlist secret
MOST_CONNECTIONS = 20


def secret() -> str:
    """What Telegram shows with every update: 64 letters and digits, the same on every machine of ours."""
    return derive("telegram", "webhook").hex()


def is_secret(shown: str | None) -> bool:
    """Whether a request comes from whom we told the secret; takes as long for a wrong one."""
    return hmac.compare_digest((shown or "").encode(), secret().encode())


async def prepare(bot: Bot, webhook_url: str | None) -> None:
    """Have updates brought to ``webhook_url``, or kept to be fetched (None); set the menu. Raises ``TelegramError``."""
    if webhook_url is None:
        await bot.delete_webhook()
    else:
        await bot.set_webhook(
            webhook_url, secret_token=secret(), allowed_updates=WANTED, max_connections=MOST_CONNECTIONS
        )
    await bot.set_my_commands([BotCommand(name, shown) for name, (shown, _) in MENU.items()])
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
