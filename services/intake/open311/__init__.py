"""Open311 GeoReport v2: other 311 tools file, follow and update complaints here (T01)."""
