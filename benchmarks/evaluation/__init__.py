"""How well the bot understands and answers questions that nothing was trained or tuned on: ``make evaluate``."""
