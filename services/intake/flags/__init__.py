"""Accounts that file the same again and again, or abuse; a person decides."""
