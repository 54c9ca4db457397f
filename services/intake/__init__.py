"""Intake (受理): who complains, about what, through which door, and what became of it."""
