"""Drafting, deciding, publishing."""
