"""How many were asked, who answered, and what they said: figures without persons (facts 2.11)."""
