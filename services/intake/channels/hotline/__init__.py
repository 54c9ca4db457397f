"""The 12345 hotline: orders come in by push or pull, replies go back once (B03, B04, X44)."""
