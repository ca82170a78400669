from tests.channels.conftest import _browser, web, web_app, web_url
from tests.conversations.town import town, town_url

__all__ = ["_browser", "town", "town_url", "web", "web_app", "web_url"]
