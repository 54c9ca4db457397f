"""Staff sign in, go on and sign out; a password, and a one-time code for those who want it."""
