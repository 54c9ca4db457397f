"""Loading what a rating is about for the one who may have it."""
