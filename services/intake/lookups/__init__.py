"""Reporters without an account: a complaint looked up by number and code (X15)."""
