"""Satisfaction surveys, from draft to credit file."""
