"""The rules of the credit file, pure."""
