"""What changes fee reports: reporting and correcting."""
