"""Telephone calls to owners who did not answer a return visit in time (CK-14, X33)."""
