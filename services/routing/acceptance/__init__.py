"""Complaints before they have a case: who waits for a person, and what was decided (T02-T06)."""
