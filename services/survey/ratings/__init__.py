"""Representatives rate the company, a panel rates the owners' committee (E09-E14)."""
