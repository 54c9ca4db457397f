"""Hand-over (移送) of a case, or of a part of it, to an authority outside the platform."""
