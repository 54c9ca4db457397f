"""The credit file (信用档案) of companies: so far one entry per published survey (E06)."""
