"""Analysis of disputes: categories, trends, hot spots, clocks, and the monthly one (C08, C10)."""
