"""The directory: divisions, organisations, grids, estates, contracts, staff and their sign-in."""
