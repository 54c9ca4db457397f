"""Messages to people: who is told what, when it may go out, and what became of it."""
