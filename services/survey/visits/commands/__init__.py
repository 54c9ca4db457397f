"""What can be done to a return visit: decide, apply, record, publish."""
