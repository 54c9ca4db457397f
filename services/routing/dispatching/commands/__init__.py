"""What dispatchers do with sets of rules."""
