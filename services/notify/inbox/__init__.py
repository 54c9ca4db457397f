"""The inbox of a person: what was told to them, what of it is unread, and what is new."""
