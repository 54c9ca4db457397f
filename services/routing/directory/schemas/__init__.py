"""What is sent to the directory and what it answers. Public states answer as they are published."""
