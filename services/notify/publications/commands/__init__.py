"""Writing public notices: draft, publish, post, correct, withdraw."""
