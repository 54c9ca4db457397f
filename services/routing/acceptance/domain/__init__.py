"""The rules of acceptance."""
