"""What can be done to a case: one function per use case, each with the same beats."""
