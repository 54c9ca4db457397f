"""What notify remembers of owners, staff, complaints and cases, fed by events."""
