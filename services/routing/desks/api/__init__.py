"""The HTTP side, one file per thing a desk works with."""
