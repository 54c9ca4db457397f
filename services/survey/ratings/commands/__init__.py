"""What is done with ratings: decide, apply, record, publish."""
