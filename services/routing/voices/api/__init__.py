"""The HTTP side of this room."""
