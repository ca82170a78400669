"""How well the right answer is found, and how often a wrong one is given as sure."""
