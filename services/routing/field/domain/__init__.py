"""Rules of work in the field."""
