"""What may be chosen, and what it means when nothing was."""
