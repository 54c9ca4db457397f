"""Before the form: whom to call, and what the words sound like (X31, B02)."""
