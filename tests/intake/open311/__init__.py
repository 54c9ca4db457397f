"""The Open311 facade."""
