"""Rules about what is copied: which community an estate lies in."""
