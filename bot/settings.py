"""Every setting of the product, typed, from the environment and ``.env``; documented in ``.env.example``."""

import hmac
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent
MOST_PROCESSES = 16
"""Of one kind on one machine."""


_ID, _TIMESTAMP = ("app", "oa"), ("body", "header")


class Settings(BaseSettings):
    """One object for all processes; the supervisor hands the derived values to its children by environment."""

    model_config = SettingsConfigDict(env_file=PROJECT / ".env", env_file_encoding="utf-8", extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65_535)
    public_url: str = ""
    trusted_proxies: str = ""
    data_dir: Path = PROJECT / "var"
    database_url: str = ""
    """A libpq URL (``postgresql://…``); empty means the embedded server in ``data_dir``."""
    rasa_database: str = "rasa"
    sample: bool = True
    platforms: Literal["", "fake"] = ""
    """``fake``: stand-ins for Zalo and Telegram beside the product, on the two ports after ``port``."""
    clock: datetime | None = None
    server_key: SecretStr = SecretStr("")
    """Secret of codes, tokens and digests; empty means ``data_dir/keys/server.key``, made at first start."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"

    rasa_port: int = 0
    actions_port: int = 0
    """Loopback ports; 0 lets the supervisor pick free ones. Further Rasa processes have the ports after the first."""
    rasa_processes: int = Field(default=1, ge=1, le=MOST_PROCESSES)
    workers: int = Field(default=1, ge=1, le=MOST_PROCESSES)
    worker_concurrency: int = 8
    rasa_timeout_seconds: float = 10.0
    rasa_patience_seconds: float = 45.0
    """How long after its arrival a message is retried before the resident is told and an official sees it."""
    max_attempts: int = 40
    """Tries of one message, a second apart: a restart of Rasa, with tries that fail at once, must not use them up."""

    delivery_concurrency: int = 16
    delivery_attempts: int = 300
    """Tries of one send, up to five minutes apart (about a day in all), before an official is told."""

    telegram_token: SecretStr = SecretStr("")
    """As BotFather gives it; empty: Telegram is off."""
    telegram_name: str = ""
    """The bot's user name, without “@”: residents get its address with a code to link."""
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_proxy: str = ""
    """``http://…`` or ``socks5://…``, where Telegram is reached only so."""
    telegram_api_url: str = "https://api.telegram.org"
    webchat: bool = True
    """Whether the web page talks; off, it shows where else residents can write."""
    zalo: bool = False
    zalo_app_id: str = ""
    zalo_app_secret: SecretStr = SecretStr("")
    """The app's secret key, for tokens."""
    zalo_oa_id: str = ""
    zalo_oa_secret: SecretStr = SecretStr("")
    """“Khóa bí mật OA” of the webhook page, for signatures; while it is empty events are let in unchecked, unread."""
    zalo_signatures: str = "app-body-oa,app-header-oa"
    """Readings of ``bot.channels.zalo.signature`` that are believed."""
    zalo_api_url: str = "https://openapi.zalo.me"
    zalo_oauth_url: str = "https://oauth.zaloapp.com"
    zalo_requests_per_minute: int = 3_000
    zalo_billed: bool = False
    """Whether messages that cost money may be sent: 48 hours to 7 days after the resident's last contact."""
    zalo_template_id: str = ""
    """An approved template that says there is news; empty: what comes too late waits for the resident."""

    message_max_characters: int = 4_000
    reply_wait_seconds: float = 20.0
    messages_per_ten_seconds: int = 20
    new_conversations_per_minute: int = 600
    sealed_hold_hours: float = 24.0
    media_max_bytes: int = Field(default=20_000_000, ge=100_000, le=50_000_000)
    media_per_day: int = 40
    media_bytes_per_day: int = 150_000_000
    """How large one photo, voice note or file may be, and how much one conversation may send in 24 hours."""
    media_per_minute: int = 60
    """How many files one address may send to the web chat."""
    media_free_bytes: int = 1_000_000_000
    """So much of the disk stays free: nothing more is taken before somebody makes room."""
    raw_event_days: int = 30
    gap_days: int = 90
    """How long is kept what the bot failed on, without names, addresses and numbers."""
    tracker_days: int = Field(default=30, ge=1)
    """How long the dialogue engine's own rows of an errand are kept after its last message."""
    talk_days: int = Field(default=365, ge=0)
    booking_days: int = Field(default=90, ge=0)
    case_days: int = Field(default=0, ge=0)
    """How long words are kept after a talk's last message, a booked day, a case's end; 0: until somebody erases."""
    reminder_hour: int = Field(default=18, ge=6, le=20)
    """Local hour of the evening before, at which residents are reminded of a booked place."""

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value if value.is_absolute() else PROJECT / value

    @field_validator("zalo_signatures")
    @classmethod
    def _known_readings(cls, value: str) -> str:
        parts = [reading.split("-") for reading in value.split(",")]
        if not all(len(p) == 3 and p[0] in _ID and p[1] in _TIMESTAMP and p[2] in _ID for p in parts):
            raise ValueError("ZALO_SIGNATURES gồm các kiểu app|oa-body|header-oa|app, cách nhau bằng dấu phẩy")
        return value

    @model_validator(mode="after")
    def _sample_stays_private(self) -> "Settings":
        if self.clock and self.clock.tzinfo is None:
            raise ValueError("CLOCK cần có múi giờ, ví dụ 2026-11-20T08:00+07:00")
        if self.clock and not self.sample:
            raise ValueError("CLOCK chỉ dùng với dữ liệu mẫu (SAMPLE=1)")
        if self.platforms and self.public_url:
            raise ValueError("PLATFORMS=fake chỉ để chạy thử trên máy này, không đi cùng PUBLIC_URL")
        if self.sample and self.public_url:
            raise ValueError("PUBLIC_URL là địa chỉ công khai: hãy đặt SAMPLE=0, dữ liệu mẫu không được ra công khai")
        return self

    @model_validator(mode="after")
    def _telegram_is_never_alone(self) -> "Settings":
        if self.telegram_token.get_secret_value() and not (self.webchat or self.zalo):
            raise ValueError("Telegram không được là kênh duy nhất: hãy bật thêm WEBCHAT=1 hoặc ZALO=1")
        return self

    @model_validator(mode="after")
    def _telegram_can_reach_us(self) -> "Settings":
        brings = self.telegram_mode == "webhook" and bool(self.telegram_token.get_secret_value())
        if brings and self.telegram_api_url.startswith("https://") and not self.public_url.startswith("https://"):
            raise ValueError("TELEGRAM_MODE=webhook cần PUBLIC_URL bắt đầu bằng https://; nếu chưa có, dùng polling")
        return self

    @property
    def base_url(self) -> str:
        """Where residents reach the product, without a slash at its end."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def rasa_urls(self) -> list[str]:
        """One for each Rasa process."""
        return [f"http://127.0.0.1:{self.rasa_port + number}" for number in range(self.rasa_processes)]

    @property
    def actions_url(self) -> str:
        return f"http://127.0.0.1:{self.actions_port}"


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


@lru_cache
def server_key() -> bytes:
    """The secret that codes, tokens and digests are derived from; ``RuntimeError`` when this copy was never started."""
    given = settings().server_key.get_secret_value()
    if given:
        return given.encode()
    path = settings().data_dir / "keys" / "server.key"
    if not path.exists():
        raise RuntimeError(f"Chưa có khóa máy chủ ở {path}: hãy khởi động một lần bằng “make run”")
    return path.read_bytes().strip()


def derive(purpose: str, subject: str) -> bytes:
    """32 bytes that only this server can make for the subject, different for each purpose (HMAC-SHA256)."""
    return hmac.digest(server_key(), f"{purpose}\0{subject}".encode(), "sha256")
