"""Complaints (诉求): filed, followed until they are answered, and rated by who filed them."""
