"""The rules of tenders, pure."""
