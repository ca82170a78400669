"""``python -m tests.platforms zalo --port 8001 --product http://127.0.0.1:8000``: serve one stand-in until SIGTERM."""

import argparse
import asyncio
import random
from urllib.parse import urlsplit

from tests.platforms import telegram_app, zalo_app
from tests.platforms.control import Platform
from tests.platforms.serving import server
from tests.platforms.telegram.account import Telegram
from tests.platforms.zalo.account import Zalo


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.platforms")
    parser.add_argument("platform", choices=("zalo", "telegram"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--product", default="", help="the product's address, for the links on the page")
    parser.add_argument("--seed", type=int, help="of the dice that faults throw")
    asyncio.run(_serve(parser.parse_args()))


async def _serve(chosen: argparse.Namespace) -> None:
    dice = random.Random(chosen.seed)
    platform: Zalo | Telegram
    if chosen.platform == "zalo":
        platform = Zalo(f"http://127.0.0.1:{chosen.port}", dice)
        inner, app = zalo_app(platform)
    else:
        platform = Telegram(dice=dice)
        inner, app = telegram_app(platform)
    inner.state.links = _links(platform, chosen.port, chosen.product)
    inner.state.server = server(app, chosen.port)
    await inner.state.server.serve()
    await platform.courier.stop()


def _links(platform: Platform, port: int, product: str) -> dict[str, str]:
    """The pages of this copy: the product's port, Zalo on the next, Telegram on the one after it."""
    zalo = port if platform.name == "zalo" else port - 1
    pages = {"Zalo": f"http://127.0.0.1:{zalo}/", "Telegram": f"http://127.0.0.1:{zalo + 1}/"}
    if not urlsplit(product).hostname:
        return pages
    return {**pages, "Trang chat": f"{product}/", "Cán bộ": f"{product}/console"}


if __name__ == "__main__":
    main()
