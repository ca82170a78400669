from tests.conversations.town import town, town_url

__all__ = ["town", "town_url"]
