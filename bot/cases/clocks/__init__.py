"""Deadlines of a case: what runs for whom, until when, on what ground."""
