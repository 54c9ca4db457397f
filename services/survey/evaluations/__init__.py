"""The half-yearly evaluation: third party, community, composite (E15, E16, E20-E22)."""
