"""Delivering webhooks: claim, let go of the database, post, record."""
