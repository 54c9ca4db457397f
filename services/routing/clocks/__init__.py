"""The clocks CK-01 to CK-18 of a case: what starts and stops them, and what a breach does."""
