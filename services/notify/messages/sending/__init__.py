"""Bringing messages to people: claim, let go of the database, send, record."""
