"""Judging a file by its content, and what of it is kept."""
