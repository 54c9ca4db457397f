"""Return visits (回访): one question per complaint that got its feedback."""
