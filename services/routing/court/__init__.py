"""The way to court: consent, the hand-over package, filing and conclusion (C07)."""
