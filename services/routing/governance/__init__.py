"""Governance: joint work of several units, talks with companies, rectification by a date."""
