"""What analysis writes: what it remembers of events, monthly reports, measures."""
