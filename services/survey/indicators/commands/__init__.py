"""Keeping the facts."""
