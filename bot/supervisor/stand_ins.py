"""``PLATFORMS=fake``: stand-ins for Zalo and Telegram beside the product, so that all of it is seen without a token.

They live with the tests (``tests/platforms``), since that is what they were made for.
"""

import sys
from collections.abc import Mapping

from bot.settings import PROJECT, Settings
from bot.supervisor.health import answers, reachable_host
from bot.supervisor.ports import require_free
from bot.supervisor.problems import CannotStart
from bot.supervisor.processes import Program

ZALO_APP_ID, ZALO_OA_ID = "3608465249409039671", "3886132808788086451"
ZALO_APP_SECRET, ZALO_OA_SECRET = "stand-in-app-secret", "stand-in-oa-secret"  # pragma: allowlist secret
TELEGRAM_TOKEN = "700000001:stand-in-for-telegram"  # noqa: S105 -- of a stand-in  # pragma: allowlist secret
NAMES = ("zalo", "telegram")
COMMAND = (sys.executable, "-m", "tests.platforms")


def wanted(settings: Settings) -> bool:
    return settings.platforms == "fake"


def addresses(settings: Settings) -> dict[str, str]:
    """Zalo on the port after ours, Telegram on the one after that; loopback only."""
    return {name: f"http://127.0.0.1:{settings.port + number}" for number, name in enumerate(NAMES, 1)}


def require_ready(settings: Settings) -> None:
    """Raises CannotStart when they are wanted and could not start."""
    if not wanted(settings):
        return
    if not (PROJECT / "tests" / "platforms").is_dir():
        raise CannotStart("PLATFORMS=fake cần bản mã nguồn có thư mục tests/platforms.")
    for number, _ in enumerate(NAMES, 1):
        require_free("127.0.0.1", settings.port + number)


def environment(settings: Settings) -> Mapping[str, str]:
    """The settings with which the product takes the stand-ins for the platforms."""
    if not wanted(settings):
        return {}
    at = addresses(settings)
    return environment_at(at["zalo"], at["telegram"])


def environment_at(zalo: str, telegram: str) -> Mapping[str, str]:
    """The same for stand-ins at these addresses."""
    return {
        "ZALO": "1",
        "ZALO_APP_ID": ZALO_APP_ID,
        "ZALO_APP_SECRET": ZALO_APP_SECRET,
        "ZALO_OA_ID": ZALO_OA_ID,
        "ZALO_OA_SECRET": ZALO_OA_SECRET,
        "ZALO_API_URL": zalo,
        "ZALO_OAUTH_URL": zalo,
        "TELEGRAM_TOKEN": TELEGRAM_TOKEN,
        "TELEGRAM_NAME": "xahoi_bot",
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_API_URL": telegram,
    }


def programs(settings: Settings, environment: Mapping[str, str]) -> list[Program]:
    """The stand-ins, none unless wanted."""
    if not wanted(settings):
        return []
    return [_serving(name, settings.port + number, settings, environment) for number, name in enumerate(NAMES, 1)]


def connecting(environment: Mapping[str, str]) -> Program:
    """What a person does in the platforms' consoles, once all is up: consent, and where events go."""
    return Program("connect-platforms", [sys.executable, "-m", "tests.platforms.connecting"], environment, PROJECT)


def _serving(name: str, port: int, settings: Settings, environment: Mapping[str, str]) -> Program:
    product = f"http://{reachable_host(settings.host)}:{settings.port}"
    arguments = (name, "--port", str(port), "--product", product)
    healthy = answers(port, "/control/state")
    return Program(name, [*COMMAND, *arguments], environment, PROJECT, healthy=healthy)
