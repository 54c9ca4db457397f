"""Estates, buildings and houses from a sheet: looked at first, and taken as looked at."""
