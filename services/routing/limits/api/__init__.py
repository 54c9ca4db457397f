"""The HTTP side, one file per kind of limit."""
