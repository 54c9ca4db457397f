"""What notify remembers of owners, staff, organisations and cases, fed by events."""
