"""A task is opened, worked on, and its number looked at."""
