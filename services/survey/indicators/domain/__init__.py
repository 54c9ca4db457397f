"""Indicators, pure: what a fact is, how a figure is formed, spans and shares."""
