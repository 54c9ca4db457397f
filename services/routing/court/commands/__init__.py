"""What leads to court and back: one function per transition."""
