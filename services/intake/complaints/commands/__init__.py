"""What happens to a complaint after it was filed."""
