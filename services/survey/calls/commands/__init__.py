"""What callers do: claim a call, look at the number, note what came of it."""
