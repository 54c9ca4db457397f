"""First reading of a complaint: what it seems to be about, and whether it is a police matter."""
