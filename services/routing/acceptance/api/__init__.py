"""The desk of acceptance."""
