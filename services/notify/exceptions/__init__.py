"""Private networks that webhooks may reach after all, each answered for by two people."""
