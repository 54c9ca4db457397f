"""What a directory starts with: the city as it is, a first administrator, or an invented world."""
