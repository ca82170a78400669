"""A Zalo Official Account server: tokens, what our account calls, and what residents do."""
