"""What survey remembers of complaints and cases, fed by events."""
