"""What is done about complaints that speak of one problem."""
