"""Appointments: what calendar programs show of meetings, by file or by a feed of one's own."""
