"""Telling people and systems what happened, once, by a channel that reaches them."""
