"""Our understanding beside stock Rasa's, on one fixed draw of our own training sentences."""
