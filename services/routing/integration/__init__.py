"""Signed callbacks by which departments and courts act without a person signing in."""
