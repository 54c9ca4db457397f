"""Signed webhooks to departments and courts: that something happened, and where to look."""
