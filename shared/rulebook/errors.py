"""What makes a rulebook unfit to start with."""

from __future__ import annotations


class RulebookError(ValueError):
    """A rulebook that cannot be trusted; the message names the key and the file."""


class NoSuchRule(KeyError):
    """Code asked for a key that no entry of the rulebook has."""


class NoRulebook(LookupError):
    """No version of that name, or none in force at that instant."""
