"""What is done with files: begun, received, finished, attached, removed, cleared away."""
