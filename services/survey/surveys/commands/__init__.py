"""What can be done to a survey: decide, apply, record, publish."""
