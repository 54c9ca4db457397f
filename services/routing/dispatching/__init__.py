"""Rules of the centres that say where cases go: imported, tried out, activated (B19, T10)."""
