"""How official documents look on paper, after GB/T 9704: page, fonts, tables, signature, file."""
