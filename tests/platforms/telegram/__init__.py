"""A Telegram Bot API server: what our bot calls (methods) and what residents do (account)."""
