"""Indicators: facts from events, figures from facts."""
