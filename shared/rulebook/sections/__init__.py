"""The chapters of a rulebook, one module each."""
