"""Reading ratings; everything starts from what the caller may see."""
