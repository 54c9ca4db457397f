"""Writing into the credit file, and what follows from it."""
