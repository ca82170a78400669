"""Telegram, by python-telegram-bot's types and client; its messages go the same way as every channel's."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # seconds as ``timedelta``, as the library's next version gives them
