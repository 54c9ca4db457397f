"""Before filing: what neighbours have reported already, and may be joined (X09)."""
