"""The rules of evaluations."""
