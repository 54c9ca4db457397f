"""Dated targets (D15) and streets' yearly assessments (A17)."""
