"""Supervision (督办): orders that press a case forward, and the ladder after a breach."""
