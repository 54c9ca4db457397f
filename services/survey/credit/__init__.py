"""The credit file (信用档案) of companies: entries, appeals, grades and what follows (E06-E28)."""
