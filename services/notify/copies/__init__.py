"""What notify remembers of people, organisations, estates, complaints and cases, fed by events."""
