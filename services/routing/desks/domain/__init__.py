"""Rules of desks: no await, no IO, no clock."""
