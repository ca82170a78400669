"""From what the bot failed on to new ways of asking or the draft of an answer: ``bot kb gaps``."""
