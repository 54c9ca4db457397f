"""Figures, pure: lines of counts in, shares out."""
