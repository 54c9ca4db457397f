"""Analysis of disputes and the monthly one (C08, C10)."""
