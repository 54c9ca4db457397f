"""Tenders of property services."""
