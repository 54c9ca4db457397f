"""Counting text messages, and how much of a day's money is spent."""
