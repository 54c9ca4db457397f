"""Estates and houses as routing's directory knows them, and who lives where."""
