"""Fees due and received, reported per estate and quarter."""
