from tests.channels.conftest import web, web_app, web_url
from tests.conversations.town import town, town_url

__all__ = ["town", "town_url", "web", "web_app", "web_url"]
