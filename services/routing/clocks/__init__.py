"""The clocks CK-01 to CK-15 of a case: what starts and stops them, and what a breach does."""
