from tests.conversations.town import clock, town, town_url, visit

__all__ = ["clock", "town", "town_url", "visit"]
