"""Tenders (招标) of an estate's property service: documents, panel, bids, ranking (F01-F05)."""
