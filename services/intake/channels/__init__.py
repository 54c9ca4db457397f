"""Other doors than the mini-program: the 12345 hotline, the desks of staff, letters (B03)."""
