"""A hand-over is decided, then made."""
