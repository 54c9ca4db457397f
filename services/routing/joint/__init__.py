"""Joint handling (联合处置) of a MAJOR case by one lead and its co-departments (A09)."""
