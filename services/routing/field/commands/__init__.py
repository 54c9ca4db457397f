"""What the field app brings, and what becomes of it."""
