"""The rules of changes, pure: what a snapshot has seen, and what a cursor says."""
