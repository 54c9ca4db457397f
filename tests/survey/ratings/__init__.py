"""Ratings by representatives and panels (E09-E14)."""
