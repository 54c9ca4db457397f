"""What can be done to a tender: decide, apply, record."""
