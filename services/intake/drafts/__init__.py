"""Complaints that are not sent yet, encrypted, and cleared away after a while."""
