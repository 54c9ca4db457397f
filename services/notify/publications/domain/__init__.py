"""The rules of public notices, pure."""
