"""Notices for their writers, and for everybody."""
