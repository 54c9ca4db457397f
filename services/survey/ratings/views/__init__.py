"""Ratings as their readers see them."""
