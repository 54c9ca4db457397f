"""People's mediation: consents, sessions, agreements, and their judicial confirmation."""
