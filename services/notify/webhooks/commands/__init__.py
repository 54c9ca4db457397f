"""What can be done to endpoints and deliveries."""
