"""Everything that makes up the channel, from the settings."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.zalo.client import Client, http_client
from bot.channels.zalo.grants import Grants
from bot.channels.zalo.oauth import App, verifier_of
from bot.channels.zalo.platform import Terms, ZaloPlatform
from bot.channels.zalo.routes import Trust
from bot.channels.zalo.signature import Keys
from bot.channels.zalo.vault import Vault
from bot.media.storage import Files
from bot.settings import Settings, derive

CALLBACK_PATH = "/console/zalo/callback"


def trust_of(given: Settings) -> Trust:
    """Whose events are believed."""
    keys = Keys(
        given.zalo_app_id,
        given.zalo_oa_id,
        given.zalo_app_secret.get_secret_value(),
        given.zalo_oa_secret.get_secret_value(),
    )
    return Trust(keys, tuple(given.zalo_signatures.split(",")))


def hosts_of_a_stand_in(given: Settings) -> tuple[str, ...]:
    """Where else than at Zalo's own hosts residents' files lie: beside a stand-in."""
    host = urlsplit(given.zalo_api_url).netloc
    return () if host.endswith(".zalo.me") else (host,)


def app_of(given: Settings) -> App:
    """Our app at Zalo."""
    return App(
        given.zalo_app_id,
        given.zalo_app_secret.get_secret_value(),
        given.zalo_oauth_url.rstrip("/"),
        given.base_url + CALLBACK_PATH,
        verifier_of(given.zalo_app_id, derive),
    )


def platform_of(given: Settings, engine: AsyncEngine, clock: Callable[[], datetime]) -> ZaloPlatform:
    """What sends."""
    http = http_client()
    terms = Terms(given.zalo_billed, given.zalo_template_id, given.zalo_requests_per_minute / 60, given.base_url)
    grants = Grants(engine, http, app_of(given), Vault(derive), clock)
    client = Client(http, given.zalo_api_url.rstrip("/"))
    return ZaloPlatform(engine, client, grants, terms, clock, Files(given.data_dir))
