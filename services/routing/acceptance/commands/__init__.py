"""What is decided about a complaint that waits."""
