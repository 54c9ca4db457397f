"""Other doors than the mini-program: so far the 12345 hotline (B03)."""
