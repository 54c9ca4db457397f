"""Figures of the desks: what is open, late and closed, summed from level to level (A18)."""
