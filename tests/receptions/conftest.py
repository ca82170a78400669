from tests.conversations.town import talk, town, town_url

__all__ = ["talk", "town", "town_url"]
