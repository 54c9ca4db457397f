"""What the centre records and orders."""
