from tests.conversations.town import town, town_url, visit

__all__ = ["town", "town_url", "visit"]
