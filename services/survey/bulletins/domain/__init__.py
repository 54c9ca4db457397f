"""What a bulletin is, how it is worded, who may do what."""
