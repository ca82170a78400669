"""How much one machine answers at a steady pace, with one and two workers and Rasa processes, beside stock Rasa."""
